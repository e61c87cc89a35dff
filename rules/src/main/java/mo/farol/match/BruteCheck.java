package mo.farol.match;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.WeekFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;
import mo.farol.sigma.Check;
import mo.farol.sigma.Fold;
import mo.farol.sigma.Glob;
import mo.farol.sigma.Op;
import org.jspecify.annotations.Nullable;

/** Checks over strings, written apart from those over bytes so that each can prove the other. */
final class BruteCheck {
  private final Map<Check.Text, Pattern> patterns = new HashMap<>();

  /**
   * Whether one of a field's values passes.
   *
   * @param values none where the event lacks the field, or it has none
   * @param isThere whether the event has the field
   * @param others values of another field
   */
  boolean holds(
      Check check,
      List<String> values,
      BooleanSupplier isThere,
      Function<String, List<String>> others) {
    return switch (check) {
      case Check.Exists(boolean present) -> present == isThere.getAsBoolean();
      case Check.Null _ -> values.isEmpty();
      case Check.Text text -> {
        var pattern = pattern(text);
        yield values.stream()
            .map(each -> text.cased() ? each : Fold.text(each))
            .anyMatch(each -> pattern.matcher(each).matches());
      }
      case Check.Regex(var pattern) -> values.stream().anyMatch(each -> finds(pattern, each));
      case Check.Cidr(var network) -> values.stream().anyMatch(network::contains);
      case Check.Compare(var op, var number) ->
          values.stream().anyMatch(each -> compares(each, op, number));
      case Check.DatePart part -> values.stream().anyMatch(each -> dated(each, part));
      case Check.Reference to ->
          values.stream()
              .anyMatch(
                  each -> others.apply(to.field()).stream().anyMatch(o -> stands(each, o, to)));
    };
  }

  private static boolean finds(com.google.re2j.Pattern pattern, String value) {
    String line = value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
    return pattern.matcher(value).find()
        || (RegexEnd.mayStandBefore(pattern) && pattern.matcher(line).find());
  }

  private Pattern pattern(Check.Text text) {
    return patterns.computeIfAbsent(
        text, each -> Pattern.compile(regex(each.glob(), each.cased()), Pattern.DOTALL));
  }

  private static String regex(Glob glob, boolean cased) {
    var regex = new StringBuilder();
    glob.parts()
        .forEach(
            part -> {
              switch (part) {
                case Glob.RUN -> regex.append(".*");
                case Glob.ONE -> regex.append('.');
                case Glob.DASH -> regex.append("[\\-/\u2013\u2014\u2015]");
                default ->
                    regex.append(
                        Pattern.quote(Character.toString(cased ? part : Fold.codePoint(part))));
              }
            });
    return regex.toString();
  }

  private static boolean compares(String value, Op op, BigDecimal number) {
    try {
      return value.getBytes(StandardCharsets.UTF_8).length <= 40
          && op.holds(new BigDecimal(value).compareTo(number));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static final Pattern DATE =
      Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})(?:[Tt ](\\d{2}):(\\d{2}).*)?", Pattern.DOTALL);

  private static boolean dated(String value, Check.DatePart check) {
    var date = DATE.matcher(value);
    if (value.length() > 40 || !date.matches()) {
      return false;
    }
    String part =
        switch (check.part()) {
          case YEAR -> date.group(1);
          case MONTH -> date.group(2);
          case DAY -> date.group(3);
          case HOUR -> date.group(4);
          case MINUTE -> date.group(5);
          case WEEK -> week(value.substring(0, 10));
        };
    return part != null && check.op().holds(Long.compare(Long.parseLong(part), check.number()));
  }

  private static @Nullable String week(String day) {
    try {
      return String.valueOf(LocalDate.parse(day).get(WeekFields.ISO.weekOfWeekBasedYear()));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static boolean stands(String value, String other, Check.Reference how) {
    String a = how.cased() ? value : Fold.text(value);
    String b = how.cased() ? other : Fold.text(other);
    return switch (how.place()) {
      case WHOLE -> a.equals(b);
      case START -> a.startsWith(b);
      case END -> a.endsWith(b);
      case ANYWHERE -> a.contains(b);
    };
  }
}
