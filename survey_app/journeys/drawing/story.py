"""The map in words, for who cannot see it."""

from survey_app.journeys.document import Column, Level, MapDocument
from survey_app.journeys.drawing.header import heading, subtitle
from survey_app.journeys.drawing.words import MapWords


def tell_title(document: MapDocument, words: MapWords) -> str:
    return f"{words.state[document.state]}: {heading(document, words)}"


def tell_story(document: MapDocument, words: MapWords) -> str:
    """Phase by phase how each touchpoint feels, then the worst spot."""
    sentences = [subtitle(document, words) + "."]
    for phase in document.phases:
        columns = [c for c in document.columns if c.phase == phase.code]
        if columns:
            told = "; ".join(tell_column(column, words) for column in columns)
            sentences.append(f"{phase.name}: {told}.")
    if not document.columns:
        sentences += [words.empty_title + ".", *words.empty_steps]
    elif document.bottleneck:
        sentences.append(document.bottleneck.sentence)
    elif document.visible():
        sentences.append(words.no_bottleneck)
    else:
        sentences.append(words.nothing_public)
    return " ".join(sentences)


def tell_column(column: Column, words: MapWords) -> str:
    if column.level is Level.HIDDEN:
        return f"{column.label} {words.too_few}"
    base = words.base_of(column.base)
    if column.emotion is None:
        return f"{column.label} {words.no_score} ({base})"
    note = f", {words.indicative}" if column.level is Level.INDICATIVE else ""
    interval = words.interval.format(
        low=words.score(column.emotion.low), high=words.score(column.emotion.high)
    )
    return (
        f"{column.label} {words.score(column.emotion.mean)} ({interval}, {base}{note})"
    )
