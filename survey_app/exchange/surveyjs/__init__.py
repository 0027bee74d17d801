"""SurveyJS: the JSON that its form library shows."""
