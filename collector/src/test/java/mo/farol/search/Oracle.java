package mo.farol.search;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import mo.farol.event.Event;
import mo.farol.event.Severity;
import mo.farol.store.Clause;

/** What a query means, worked out the slow and obvious way on one event. */
final class Oracle {
  private static final Pattern WORD =
      Pattern.compile("[a-z0-9_]+((?<=[0-9])\\.(?=[0-9])[a-z0-9_]+)*");

  private Oracle() {}

  static boolean holds(Clause clause, Event event) {
    return switch (clause) {
      case Clause.All _ -> true;
      case Clause.Term term -> value(term.field(), term.value(), event);
      case Clause.Phrase phrase -> value(phrase.field(), phrase.value(), event);
      case Clause.Wildcard wildcard -> wildcard(wildcard, event);
      case Clause.Regex regex -> regex(regex, event);
      case Clause.Range range -> range(range, event);
      case Clause.Cidr cidr -> cidr(cidr, event);
      case Clause.Exists exists -> event.fields().containsKey(exists.field());
      case Clause.Kept kept -> throw new AssertionError("no query says " + kept);
      case Clause.And and -> and.parts().stream().allMatch(part -> holds(part, event));
      case Clause.Or or -> or.parts().stream().anyMatch(part -> holds(part, event));
      case Clause.Not not -> !holds(not.part(), event);
    };
  }

  private static boolean value(String field, String value, Event event) {
    if (field.equals("message")) {
      return phrase(words(value), words(event.message()));
    }
    return of(field, event).equals(low(value)) && !of(field, event).isEmpty();
  }

  private static String of(String field, Event event) {
    return switch (field) {
      case "agency" -> event.source().agency();
      case "severity" -> event.severity().word();
      case "id" -> event.id().toString();
      case "farol.input" -> "syslog.tcp"; // as Lines has it
      default -> low(event.fields().getOrDefault(field, ""));
    };
  }

  private static boolean phrase(List<String> words, List<String> text) {
    for (int i = 0; i + words.size() <= text.size(); i++) {
      if (text.subList(i, i + words.size()).equals(words)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> words(String text) {
    return WORD.matcher(low(text)).results().map(found -> found.group()).toList();
  }

  private static boolean wildcard(Clause.Wildcard wildcard, Event event) {
    var pattern = pattern(low(wildcard.pattern()));
    if (wildcard.field().equals("message") && wildcard.pattern().matches("[a-z]+[0-9]\\.\\*")) {
      return words(event.message()).stream()
          .anyMatch(
              word -> pattern.matcher(word + ".").matches() || pattern.matcher(word).matches());
    }
    return wildcard.field().equals("message")
        ? words(event.message()).stream().anyMatch(word -> pattern.matcher(word).matches())
        : has(wildcard.field(), event) && pattern.matcher(of(wildcard.field(), event)).matches();
  }

  private static boolean has(String field, Event event) {
    return !of(field, event).isEmpty();
  }

  private static Pattern pattern(String wild) {
    var text = new StringBuilder();
    wild.codePoints()
        .mapToObj(Character::toString)
        .map(c -> c.equals("*") ? ".*" : c.equals("?") ? "." : Pattern.quote(c))
        .forEach(text::append);
    return Pattern.compile(text.toString());
  }

  private static boolean regex(Clause.Regex regex, Event event) {
    var pattern = Pattern.compile(regex.pattern(), Pattern.CASE_INSENSITIVE);
    return regex.field().equals("message")
        ? words(event.message()).stream().anyMatch(word -> pattern.matcher(word).matches())
        : has(regex.field(), event) && pattern.matcher(of(regex.field(), event)).matches();
  }

  private static boolean range(Clause.Range range, Event event) {
    if (range.field().equals("severity")) {
      return between(range, BigDecimal.valueOf(7 - event.severity().code()), Oracle::grade);
    }
    if (range.field().equals("@timestamp")) {
      return between(range, event.occurredAt(), Instant::parse);
    }
    String value = of(range.field(), event);
    if (range.field().endsWith("ip")) {
      return between(range, number(value.replaceFirst("%.+", "")), Oracle::number);
    }
    if (isNumber(range.from()) && isNumber(range.to())) {
      return value.matches("-?[0-9]{1,9}(\\.[0-9]{1,4})?")
          && between(range, new BigDecimal(value), BigDecimal::new);
    }
    return !value.isEmpty() && between(range, value, Oracle::low);
  }

  private static boolean isNumber(String bound) {
    return bound.matches("(-?[0-9]{1,9}(\\.[0-9]{1,4})?)?");
  }

  // Old addresses as those new ones that stand for them.
  private static BigInteger number(String address) {
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      byte[] all = new byte[16];
      if (bytes.length == 4) {
        all[10] = -1;
        all[11] = -1;
      }
      System.arraycopy(bytes, 0, all, 16 - bytes.length, bytes.length);
      return new BigInteger(1, all);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }

  private static BigDecimal grade(String word) {
    return BigDecimal.valueOf(7 - Severity.valueOf(word.toUpperCase(Locale.ROOT)).code());
  }

  private static <T extends Comparable<T>> boolean between(
      Clause.Range range, T value, Function<String, T> bound) {
    boolean low = true;
    if (!range.from().isEmpty()) {
      int order = value.compareTo(bound.apply(range.from()));
      low = order > 0 || (order == 0 && range.withFrom());
    }
    boolean high = true;
    if (!range.to().isEmpty()) {
      int order = value.compareTo(bound.apply(range.to()));
      high = order < 0 || (order == 0 && range.withTo());
    }
    return low && high;
  }

  private static boolean cidr(Clause.Cidr cidr, Event event) {
    String value = of(cidr.field(), event).replaceFirst("(?<=:.{0,60})%.+", "");
    if (!cidr.field().endsWith(".ip") && value.equals(cidr.network())) {
      return true;
    }
    if (!value.matches("[0-9.]+|[0-9a-f:]+")) {
      return false;
    }
    try {
      String[] network = cidr.network().split("/", 2);
      byte[] base = InetAddress.getByName(network[0]).getAddress();
      byte[] address = InetAddress.getByName(value).getAddress();
      int bits = Integer.parseInt(network[1]);
      return base.length == address.length && Arrays.equals(cut(base, bits), cut(address, bits));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static byte[] cut(byte[] address, int bits) {
    byte[] cut = address.clone();
    for (int bit = bits; bit < cut.length * 8; bit++) {
      cut[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    return cut;
  }

  private static String low(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
