"""Word and OpenDocument packages: zip files of XML parts, opened with limits and read without a network or entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from policylint.errors import UserError, missing_extra

if TYPE_CHECKING:
    from types import ModuleType

    from lxml.etree import _Element as Element

WORD = "Word"
OPENDOCUMENT = "OpenDocument"
_EXTRAS = {WORD: "docx", OPENDOCUMENT: "odt"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

# A policy of 500 pages has parts of some 5 MB and 200,000 tags; memory is about 150 bytes a tag.
_LARGEST_PART = 48 << 20
_LARGEST_TOTAL = 1 << 30
_MOST_TAGS = 1_000_000
_MOST_PARTS = 5_000
_HIGHEST_RATIO = 250
_RATIO_FROM = 1 << 20
_DEEPEST = 200
_TOO_DEEP = f"boolean({'/*' * _DEEPEST})"

_DAMAGED_HINT = "Open it in a word processor, save it again and check the new file."
_TRUST_HINT = "Do not trust this file; ask its author for a fresh export of the policy."


def xml_library(program: str) -> ModuleType:
    """lxml.etree. Raises `UserError` "missing-extra" where it is not installed."""
    try:
        from lxml import etree
    except ImportError as error:
        extra = _EXTRAS[program]
        raise missing_extra(f"reading {program} files needs a library that is not installed", extra) from error
    return etree


def is_ole(data: bytes) -> bool:
    """Whether the bytes are a container of Microsoft's older formats, which also wraps what has a password."""
    return data.startswith(_OLE)


def is_package(data: bytes) -> bool:
    """Whether the bytes are a zip file."""
    return data.startswith(_ZIP)


def package_format(data: bytes) -> str:
    """Whether a zip file is an OpenDocument text ("odt") or a Word document ("docx").

    Raises `UserError`: the codes of `Package`, "unsupported-format" for what is neither.
    """
    package = Package(data, WORD)
    if "[Content_Types].xml" in package:
        return "docx"
    if "content.xml" in package:
        return "odt"
    raise UserError(
        "unsupported-format",
        "this is a zip file, not a document",
        "Unpack it and check the documents in it.",
    )


class Package:
    """A zip file of XML parts. Parts are read one by one; pictures and fonts never are."""

    def __init__(self, data: bytes, program: str) -> None:
        """Open the package. Raises `UserError`: "damaged", "too-large"."""
        self.program = program
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, UnicodeDecodeError) as error:
            raise _damaged(program, "it is not a complete zip package") from error
        members = self._zip.infolist()
        self._members = {member.filename: member for member in members}
        unpacked = sum(member.file_size for member in members)
        if len(members) > _MOST_PARTS or unpacked > _LARGEST_TOTAL:
            raise UserError(
                "too-large",
                f"this {program} file holds {len(members)} parts of {unpacked:,} bytes unpacked",
                _TRUST_HINT,
            )

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def bytes(self, name: str) -> bytes:
        """The bytes of a part. Raises `UserError`: "encrypted", "damaged", "too-large"."""
        member = self._members.get(name)
        if member is None:
            raise _damaged(self.program, f"its part {name!r} is missing")
        if member.flag_bits & 0x1:
            raise encrypted(self.program)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged(self.program, f"its part {name!r} is packed in an unknown way")
        size, packed = member.file_size, max(member.compress_size, 1)
        if size > _LARGEST_PART or (size > _RATIO_FROM and size / packed > _HIGHEST_RATIO):
            raise self._too_large(name)
        try:
            with self._zip.open(member) as part:
                data = part.read(_LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
            raise _damaged(self.program, f"its part {name!r} cannot be unpacked") from error
        if len(data) > _LARGEST_PART:
            raise self._too_large(name)
        return data

    def xml(self, name: str) -> Element:
        """The root of an XML part; no entity is expanded and nothing outside the part is loaded.

        Raises `UserError`: the codes of `bytes`, "unsafe-xml", "missing-extra".
        """
        data = self.bytes(name)
        if data.count(b"<") > _MOST_TAGS:
            raise self._too_large(name)
        etree = xml_library(self.program)
        wide = data.startswith(_UTF16)
        if b"<!DOCTYPE" in (data.replace(b"\0", b"") if wide else data):
            raise self._unsafe(name)
        parser = etree.XMLParser(
            encoding="utf-16" if wide else "utf-8",
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
            collect_ids=False,
        )
        try:
            root: Element = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise _damaged(self.program, f"its part {name!r} is not well-formed XML") from error
        except MemoryError as error:
            raise self._too_large(name) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._unsafe(name)
        _check_depth(root, self.program, name)
        return root

    def relationships(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Per id of the part's relationships: the kind (last word of its type), the target, external or not."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self:
            return {}
        found = {}
        for child in self.xml(rels):
            if child.tag == f"{{{_RELATIONSHIPS}}}Relationship":
                external = child.get("TargetMode") == "External"
                target = child.get("Target", "")
                if not external:
                    target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[child.get("Id", "")] = (child.get("Type", "").rpartition("/")[2], target, external)
        return found

    def _too_large(self, name: str) -> UserError:
        return UserError(
            "too-large",
            f"the part {name!r} of this {self.program} file unpacks to more than a policy can be",
            _TRUST_HINT,
        )

    def _unsafe(self, name: str) -> UserError:
        return UserError(
            "unsafe-xml",
            f"the part {name!r} of this {self.program} file declares a document type, which no word processor does",
            _TRUST_HINT,
        )


@lru_cache(maxsize=4096)
def split_tag(tag: str) -> tuple[str, str]:
    """Namespace and local name of an element or attribute."""
    namespace, _, name = tag.rpartition("}")
    return namespace[1:], name


def encrypted(program: str) -> UserError:
    """The error for a document behind a password."""
    return UserError(
        "encrypted",
        f"this {program} file is protected with a password and was not read",
        "Open it with the password, save it without one and check that file.",
    )


def ole_error(data: bytes) -> UserError:
    """The error for a file of Word before 2007, or a document behind a password: both come in one container."""
    # The container names its streams in UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in data:
        return encrypted(WORD)
    return UserError(
        "old-format",
        "this is a file of an old Word version (.doc), which is not read",
        "Open it in Word or LibreOffice, save it as .docx and check that file.",
    )


def _damaged(program: str, why: str) -> UserError:
    return UserError("damaged", f"this {program} file is damaged: {why}", _DAMAGED_HINT)


def _check_depth(root: Element, program: str, name: str) -> None:
    """Raise if elements are nested deeper than the readers may follow."""
    if root.xpath(_TOO_DEEP):
        raise UserError(
            "too-deep", f"the part {name!r} of this {program} file nests its elements {_DEEPEST} deep", _DAMAGED_HINT
        )
