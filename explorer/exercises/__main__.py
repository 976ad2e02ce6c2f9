"""What ``python -m explorer.exercises`` runs."""

from explorer.exercises.command import main

if __name__ == "__main__":
    main()
