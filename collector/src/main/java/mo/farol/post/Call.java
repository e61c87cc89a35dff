package mo.farol.post;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A request by its headers.
 *
 * @param method such as {@code POST}
 * @param path without the query
 * @param query its parameters, the first value of each
 * @param headers value of a header by its name, empty for none
 * @param agency whose request it is; empty while nobody has shown who they are
 * @param peer the sender's address
 */
public record Call(
    String method,
    String path,
    Map<String, String> query,
    UnaryOperator<String> headers,
    String agency,
    String peer) {
  /** The first value of a header, empty for none. */
  public String header(String name) {
    return headers.apply(name);
  }

  /** A parameter of the query, empty for none. */
  public String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  /** The same, of an agency. */
  Call of(String owner) {
    return new Call(method, path, query, headers, owner, peer);
  }
}
