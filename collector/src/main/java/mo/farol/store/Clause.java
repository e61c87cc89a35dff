package mo.farol.store;

import java.util.List;

/**
 * What an event must be, as a tree. Field names are ECS names, aliases already resolved; a {@code
 * column} is where the part began in the text it was read from, from 1. The same tree compiles to
 * every index.
 *
 * <p>All comparisons ignore case. The field {@code message} is matched by word, CJK text by single
 * characters and neighbouring pairs; every other field by its whole value.
 */
public sealed interface Clause {
  /** Every event. */
  record All() implements Clause {}

  /** The field has this value; in {@code message}, these words side by side. */
  record Term(String field, String value, int column) implements Clause {}

  /** Words side by side, in order; on a field other than {@code message} the same as a term. */
  record Phrase(String field, String value, int column) implements Clause {}

  /**
   * A pattern over the whole value: {@code *} any characters, {@code ?} one, a backslash before
   * either or itself makes it plain. In {@code message} each word of the pattern must match a word.
   */
  record Wildcard(String field, String pattern, int column) implements Clause {}

  /** A regular expression over the whole value, or over one word of {@code message}. */
  record Regex(String field, String pattern, int column) implements Clause {}

  /**
   * Between two bounds; an empty bound is open. By number where the bounds are numbers, by address
   * where they are addresses of a field ending in {@code ip}, by instant on {@code @timestamp},
   * else by text.
   */
  record Range(String field, String from, boolean withFrom, String to, boolean withTo, int column)
      implements Clause {}

  /**
   * The field's address lies in the network, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}.
   */
  record Cidr(String field, String network, int column) implements Clause {}

  /** The event has the field at all. */
  record Exists(String field, int column) implements Clause {}

  /**
   * What a program asks about values as the index keeps them, when it looks for all that may fit
   * and reads the events to know: no word of the query language stands for it.
   */
  sealed interface Kept extends Clause {
    /** The field has one of these values, as {@link EventIndex#values} gave them. */
    record OneOf(String field, List<String> values) implements Kept {
      public OneOf {
        values = List.copyOf(values);
      }
    }

    /**
     * The index may keep no more than the beginning of a value of the field; of {@code message}, of
     * a word of it.
     */
    record Cut(String field) implements Kept {}

    /**
     * A value of any field, the message's left out, holds one of these texts, or may have been cut
     * before it.
     *
     * @param texts without letters beyond ASCII that have two cases
     */
    record Anywhere(List<String> texts) implements Kept {
      public Anywhere {
        texts = List.copyOf(texts);
      }
    }
  }

  /** Each of these. */
  record And(List<Clause> parts) implements Clause {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** At least one of these. */
  record Or(List<Clause> parts) implements Clause {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** Not this. */
  record Not(Clause part) implements Clause {}
}
