"""What a respondent sees and sends; responses, answers, and their import."""
