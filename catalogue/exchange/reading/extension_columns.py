"""Which columns of the extensions of Darwin Core are read, table by table; `catalogue.exchange.mapping.extensions` makes parts of records of them.

References
----------
Extensions of GBIF, https://rs.gbif.org/extensions.html
"""

from collections.abc import Mapping

_MEASUREMENTS = (
    "measurementType verbatimMeasurementType measurementValue measurementUnit measurementAccuracy measurementMethod "
    "measurementRemarks measurementReferences references reference"
)
_MEDIA = (
    "identifier accessURI references furtherInformationURL title description caption creator credit Credit contributor publisher "
    "rightsHolder Owner license rights UsageTerms WebStatement created CreateDate source audience type format"
)
TAKEN: Mapping[str, frozenset[str]] = {
    kind: frozenset(columns.split())
    for kind, columns in {
        "MeasurementOrFact": _MEASUREMENTS,
        "ExtendedMeasurementOrFact": _MEASUREMENTS,
        "Identification": "verbatimIdentification scientificName genus specificEpithet infraspecificEpithet identificationQualifier "
        "identificationVerificationStatus isCurrent acceptedIdentification identificationCurrent scientificNameAuthorship "
        "typeStatus identifiedBy dateIdentified identificationReferences identificationRemarks",
        "ResourceRelationship": "relationshipOfResource relatedResourceID relatedResource scientificName relationshipRemarks",
        "ChronometricAge": "earliestChronometricAge earliestChronometricAgeReferenceSystem latestChronometricAge "
        "latestChronometricAgeReferenceSystem verbatimChronometricAge chronometricAgeUncertaintyInYears "
        "chronometricAgeUncertaintyMethod chronometricAgeProtocol materialDated chronometricAgeReferences chronometricAgeRemarks",
        "Multimedia": _MEDIA,
        "Image": _MEDIA,
    }.items()
}
"""The columns of which anything is taken, by the kind of the table: the last word of its row type."""
KEYS = frozenset({"identificationID", "measurementID", "resourceRelationshipID", "resourceID", "chronometricAgeID"})
"""Columns that name a row of an extension, or once more the record that it is about."""
