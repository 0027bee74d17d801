"""LimeSurvey: the .lss file that it exports a survey to."""
