from survey_app.cli import main

if __name__ == "__main__":  # processes that start by importing must not run it
    main()
