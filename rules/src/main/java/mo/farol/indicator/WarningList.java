package mo.farol.indicator;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Values that are seen everywhere and so prove nothing, as MISP's warning lists have them.
 *
 * @param kinds of the indicators it speaks of
 */
record WarningList(String name, Type type, Set<Kind> kinds, List<String> values) {
  /** How a value is compared with an indicator's. */
  enum Type {
    /** Networks: addresses within, networks within or around. */
    CIDR,
    /** The whole value. */
    STRING,
    /** Domains: they and all below, and mail addresses and URLs there. */
    HOSTNAME,
    /** Anywhere in the value. */
    SUBSTRING,
    /** A regular expression found in the value. */
    REGEX
  }

  /** One that speaks of every kind. */
  static WarningList of(String name, Type type, List<String> values) {
    return new WarningList(name, type, EnumSet.allOf(Kind.class), values);
  }
}
