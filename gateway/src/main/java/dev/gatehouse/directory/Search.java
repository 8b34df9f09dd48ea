package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.List;
import java.util.Objects;

/**
 * A search of a whole subtree (RFC 4511, 4.5).
 *
 * @param most entries to return; 0 for any number. More are an error, not a part of them
 */
public record Search(String base, Filter filter, int most, List<String> attributes) {
  private static final int TIME_LIMIT_SECONDS = 5;

  /** Whoever can be asked: a connection, a pool, or a directory in this process. */
  public interface Answerer {
    SearchResult search(SearchRequest request) throws LDAPException;
  }

  public List<SearchResultEntry> in(Answerer ldap) throws LDAPException {
    var request =
        new SearchRequest(base, SearchScope.SUB, filter, attributes.toArray(String[]::new));
    request.setSizeLimit(most);
    request.setTimeLimitSeconds(TIME_LIMIT_SECONDS);
    // The SDK says null for "a listener took them", and there is none.
    return Objects.requireNonNull(ldap.search(request).getSearchEntries());
  }
}
