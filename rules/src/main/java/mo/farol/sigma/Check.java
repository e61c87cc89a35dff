package mo.farol.sigma;

import com.google.re2j.Pattern;
import java.math.BigDecimal;

/** What a field's value must be: Sigma specification 2.1.0, "Value Modifiers". */
public sealed interface Check {
  /** Text with wildcards, compared without case unless {@code cased}. */
  record Text(Glob glob, boolean cased) implements Check {}

  /** A regular expression found anywhere in the value. */
  record Regex(Pattern pattern) implements Check {}

  /** An address within a network. */
  record Cidr(Network network) implements Check {}

  /** The field is there ({@code true}) or not ({@code false}), whatever its value, null too. */
  record Exists(boolean present) implements Check {}

  /** The field has no value at all. */
  record Null() implements Check {}

  /** A number compared with another. */
  record Compare(Op op, BigDecimal number) implements Check {}

  /**
   * The value of another field of the same event.
   *
   * @param field the other field
   * @param place where in this value the other must stand
   */
  record Reference(String field, Place place, boolean cased) implements Check {}

  /** One part of a date, compared with a number. */
  record DatePart(Part part, Op op, long number) implements Check {}

  /** Where one text stands in another. */
  enum Place {
    WHOLE,
    START,
    END,
    ANYWHERE
  }

  /** Parts of a date. */
  enum Part {
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH,
    YEAR
  }

  /** Whether the check can only hold where the field has a value; null is none. */
  default boolean needsValue() {
    return switch (this) {
      case Exists _, Null _ -> false;
      case Text _, Regex _, Cidr _, Compare _, Reference _, DatePart _ -> true;
    };
  }
}
