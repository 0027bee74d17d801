"""Question sets in the formats of others: XLSForm, SurveyJS, LimeSurvey, DDI."""
