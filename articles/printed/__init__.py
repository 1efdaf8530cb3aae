"""The printed issue in public: its pages' PDFs bound into one file, and new names for what must not be had any more.

What a copy takes over from a proof, and when it is withheld, is the desk's own matter: `articles.desk.facsimile`.
"""
