package mo.farol.search;

import java.util.List;

/**
 * A query as understood, each part with its column (from 1) so that what is wrong can be
 * underlined.
 */
public sealed interface Ast {
  /** Everything. */
  record All() implements Ast {}

  /** A word, or several that must stand together, in the message. */
  record Text(String text, int column) implements Ast {}

  /** A field's whole value, without case. */
  record Term(String field, String value, int column) implements Ast {}

  /** A pattern of {@code *} and {@code ?}; an empty field means words of the message. */
  record Wildcard(String field, String pattern, int column) implements Ast {}

  /** A regular expression (RE2) over a field's whole value. */
  record Regex(String field, String pattern, int column) implements Ast {}

  /** Addresses of a network, such as {@code 10.0.0.0/8}. */
  record Cidr(String field, String network, int column) implements Ast {}

  /** Values between two bounds; {@code *} is an open end. Numbers compare as numbers. */
  record Range(String field, String from, boolean withFrom, String to, boolean withTo, int column)
      implements Ast {}

  /** Events that have the field at all. */
  record Exists(String field, int column) implements Ast {}

  /** All of them. */
  record And(List<Ast> parts) implements Ast {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** Any of them. */
  record Or(List<Ast> parts) implements Ast {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** What the part does not find. */
  record Not(Ast part) implements Ast {}
}
