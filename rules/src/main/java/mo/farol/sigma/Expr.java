package mo.farol.sigma;

import java.util.List;

/** When a rule matches an event, as a tree. */
public sealed interface Expr {
  /** True when every part is; an empty list is true. */
  record All(List<Expr> parts) implements Expr {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** True when one part is; an empty list is false. */
  record Any(List<Expr> parts) implements Expr {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** True when the part is not. */
  record Not(Expr part) implements Expr {}

  /** A named search identifier of the rule; the name is shown to people when it matched. */
  record Selection(String name, Expr body) implements Expr {}

  /**
   * A check of one field's value; true when one of the field's values satisfies it.
   *
   * @param field name as the rule writes it; empty for a keyword, which looks at every value of the
   *     event
   */
  record Match(String field, Check check) implements Expr {
    /** Whether every value of the event is looked at. */
    public boolean isKeyword() {
      return field.isEmpty();
    }
  }

  /** All of these, without a wrapper where there is but one. */
  static Expr all(List<Expr> parts) {
    return parts.size() == 1 ? parts.getFirst() : new All(parts);
  }

  /** One of these, without a wrapper where there is but one. */
  static Expr any(List<Expr> parts) {
    return parts.size() == 1 ? parts.getFirst() : new Any(parts);
  }
}
