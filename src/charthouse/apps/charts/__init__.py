"""Patients, coverages, encounters and their documents, encrypted at rest; every reading goes through the gate."""
