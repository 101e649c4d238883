import pytest

from contact_center_contact.core import documents


def test_documents():
    assert documents.format_document("52998224725") == "529.982.247-25"
    assert documents.format_document("11222333000181") == "11.222.333/0001-81"
    for wrong in ("52998224726", "123", "", "abc"):
        with pytest.raises(ValueError, match="neither"):
            documents.format_document(wrong)


def test_digits_of_other_scripts():
    """Found by fuzzing: the check took them, and they were kept."""
    assert documents.format_document("５２９９８２２４７２５") == "529.982.247-25"
    assert documents.format_document("٥٢٩٩٨٢٢٤٧٢٥") == "529.982.247-25"
    with pytest.raises(ValueError, match="neither"):
        documents.format_document("11༦.22333/0001-81")
