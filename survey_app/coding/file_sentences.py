"""The sentences about files that come in: in English here, Dutch by the catalogues."""


def N_(text: str) -> str:  # noqa: N802 - the name by which translators' tools find it
    """Marks a text for translation; it is translated where it is shown."""
    return text


SENTENCES = {
    "area_selection": N_(
        "Selections in pictures, pages or recordings, not taken: %(count)s"
        " (%(places)s)."
    ),
    "changed_color": N_("Colours written in another way, taken over: %(places)s."),
    "controls_removed": N_(
        "Invisible control characters were taken out of: %(places)s."
    ),
    "dangling_reference": N_(
        "References to something that is not in the file, left out: %(count)s."
    ),
    "empty_selection": N_(
        "Selections without a single character, not taken: %(count)s (%(places)s)."
    ),
    "empty_sets": N_(
        "The file breaks the rules of its format (an empty list of sets); it was"
        " read all the same."
    ),
    "garbled_text": N_(
        "These texts hold garbled characters such as Ã©; look at them before you go"
        " on: %(places)s."
    ),
    "guessed_encoding": N_(
        "These are not UTF-8 and were read as Windows-1252; look at the accents"
        " before you go on: %(places)s."
    ),
    "long_text": N_("Longer than %(most)s characters, not taken: %(places)s."),
    "lost_selection": N_(
        "Selections in texts that are not in the file: %(count)s (%(places)s)."
    ),
    "made_folder": N_("Codes made as folders for the codes under them: %(places)s."),
    "media_source": N_(
        "Pictures, pages or recordings without a text, not taken: %(places)s."
    ),
    "missing_source": N_("The file does not hold the text of: %(places)s."),
    "nameless_case": N_("Cases without a name: %(count)s."),
    "nameless_code": N_("Codes without a name are now called ?: %(count)s."),
    "no_color": N_("Codes whose colour could not be read: %(places)s."),
    "note_selection": N_("Codings inside memos, not taken: %(count)s."),
    "odd_guid": N_(
        "Codes without a valid number of their own (GUID), which got one: %(places)s."
    ),
    "odd_value": N_("Values that are not of their variable's type: %(places)s."),
    "other_positions": N_(
        "Positions that are counted in another way than the standard says, read by"
        " what fits: %(places)s."
    ),
    "other_version": N_("The file is of another version of the standard: %(version)s."),
    "outside_text": N_(
        "Selections that do not lie in their text, not taken: %(count)s (%(places)s)."
    ),
    "renamed_code": N_(
        "Codes that had the name of a sibling and got a number: %(places)s."
    ),
    "repeated_guid": N_(
        "Numbers (GUIDs) that occur twice; the second got a new one: %(count)s."
    ),
    "row_too_long": N_("Rows with more cells than the header, left out: %(places)s."),
    "row_without_name": N_("Rows without the name of a code, left out: %(places)s."),
    "shifted_snippet": N_(
        "Highlights whose kept words differ from the text; the text counts:"
        " %(count)s (%(places)s)."
    ),
    "uncarried_graphs": N_("Diagrams, not taken: %(count)s."),
    "uncarried_links": N_("Links between parts, not taken: %(count)s."),
    "uncarried_set": N_("Sets of codes, not taken: %(places)s."),
    "undecided_positions": N_(
        "It cannot be decided how positions are counted in these; choose between two"
        " readings: %(places)s."
    ),
    "unknown_code": N_(
        "Codings with a code that is not in the file, left out: %(count)s."
    ),
    "unknown_element": N_("Not known and left out: %(name)s (%(count)s times)."),
    "unknown_kind": N_("Kinds that are not known, left open: %(places)s."),
    "unknown_user": N_("Coders whom the file does not name: %(count)s."),
    "unread_column": N_("Columns that are not read: %(places)s."),
}
REFUSALS = {
    "broken_archive": N_(
        "The file is damaged and cannot be unpacked. Export it again and try that."
    ),
    "no_codes": N_("The file holds no codes."),
    "no_name_column": N_(
        "The first row names no column “path” or “name”, so that there is nothing to"
        " call the codes by."
    ),
    "no_project": N_(
        "The archive holds no project (.qde). Choose a .qdpx file that was exported"
        " as a REFI-QDA project."
    ),
    "no_refi": N_(
        "The file is XML, but no REFI-QDA project or codebook. Export it again as"
        " REFI-QDA."
    ),
    "no_taguette": N_(
        "This is no project of Taguette. Choose the .sqlite3 file that Taguette"
        " exported."
    ),
    "no_xml": N_(
        "The file cannot be read as XML, or holds declarations that are not allowed."
        " Export it again and try that."
    ),
    "several_projects": N_(
        "The file holds more than one project (%(names)s). Choose a file with one."
    ),
    "too_large": N_("The file is too large: at most %(most)s MB can be read."),
    "too_much_inside": N_(
        "The file unpacks to more than %(most)s MB, or to more parts than can be read."
    ),
    "circle_of_parents": N_("In row %(line)s a code is a parent of its own parent."),
    "unreadable_rows": N_("The file cannot be read."),
    "unsafe_archive": N_(
        "The archive holds a part that is not allowed: %(name)s. Export the project"
        " again."
    ),
    "wrong_namespace": N_(
        "The file looks like REFI-QDA but does not say so (wrong namespace). Export it"
        " again as REFI-QDA."
    ),
}
FAULTS = {
    "cut_cell": N_("%(place)s is longer than a cell can hold and is cut."),
    "dangling_reference": N_("%(place)s points to something that is not there."),
    "missing_attribute": N_("%(place)s lacks %(detail)s."),
    "missing_child": N_("%(place)s holds no %(detail)s."),
    "missing_text": N_("The text of %(place)s is not there."),
    "outside_text": N_("%(place)s does not lie in its text and is left out."),
    "quote_differs": N_("%(place)s quotes other words than its text has."),
    "repeated_guid": N_("The number (GUID) of %(place)s occurs twice."),
    "unwritable": N_(
        "%(place)s holds characters that the format cannot hold; they are replaced."
    ),
    "wrong_attribute": N_("%(place)s has a value that is not allowed: %(detail)s."),
    "wrong_child": N_("%(place)s holds %(detail)s where it may not stand."),
    "wrong_text": N_("%(place)s holds a text that is not allowed: %(detail)s."),
}
