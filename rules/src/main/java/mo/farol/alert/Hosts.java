package mo.farol.alert;

import java.util.Locale;

/** One machine signs with its short name here and its full name there. */
final class Hosts {
  private Hosts() {}

  /** Whether two names may stand for one machine: equal, or one the short form of the other. */
  static boolean same(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return false;
    }
    if (a.equalsIgnoreCase(b)) {
      return true;
    }
    return isShortOf(a, b) || isShortOf(b, a);
  }

  /** Lower-case name without its domain; an address stays whole. */
  static String shortName(String host) {
    int dot = host.indexOf('.');
    boolean address = host.isEmpty() || Character.isDigit(host.charAt(0)) || host.indexOf(':') >= 0;
    return (dot < 0 || address ? host : host.substring(0, dot)).toLowerCase(Locale.ROOT);
  }

  private static boolean isShortOf(String name, String full) {
    return name.indexOf('.') < 0
        && full.length() > name.length()
        && full.charAt(name.length()) == '.'
        && full.regionMatches(true, 0, name, 0, name.length());
  }
}
