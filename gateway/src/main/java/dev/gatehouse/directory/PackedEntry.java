package dev.gatehouse.directory;

import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1Exception;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Arrays;

/**
 * An entry in the form in which LDAP sends it (RFC 4511, 4.5.2), a fifth of what it takes as
 * objects.
 */
final class PackedEntry {
  private final byte[] encoded;

  private PackedEntry(byte[] encoded) {
    this.encoded = encoded;
  }

  static PackedEntry of(Entry entry) {
    return new PackedEntry(new SearchResultEntryProtocolOp(entry).encodeProtocolOp().encode());
  }

  boolean holdsTheSameAs(PackedEntry other) {
    return Arrays.equals(encoded, other.encoded);
  }

  Entry open() {
    try {
      return SearchResultEntryProtocolOp.decodeProtocolOp(ASN1Element.decode(encoded))
          .toSearchResultEntry();
    } catch (LDAPException | ASN1Exception e) {
      throw new AssertionError("it was encoded here", e);
    }
  }
}
