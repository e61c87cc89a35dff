package mo.farol.sigma;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One value of a rule on its way through its modifiers, whose order {@link Chain} has looked at. A
 * value that doesn't fit throws {@link IllegalArgumentException} with the reason.
 */
final class ValueState {
  private static final String HEX = "[-+]?0x[0-9A-Fa-f]{1,15}";

  private final ScalarNode node;
  private final Placeholders placeholders;
  private final Chain chain;
  private final boolean keyword;

  private List<String> texts;
  private List<Glob> globs;
  private boolean bytes;
  private boolean dashed;
  private int flags;
  private @Nullable Op op;
  private Check.@Nullable Part part;
  private boolean start;
  private boolean end;

  ValueState(ScalarNode node, Placeholders placeholders, Chain chain, boolean keyword) {
    this.node = node;
    this.placeholders = placeholders;
    this.chain = chain;
    this.keyword = keyword;
    texts = List.of(node.getValue());
    globs = written().stream().map(Glob::parse).toList();
  }

  /** The value as written; a number in base 16 is also what a sender writes in base 10. */
  private List<String> written() {
    String text = node.getValue();
    boolean isHex = node.getTag().equals(Tag.INT) && text.matches(HEX);
    return isHex ? List.of(text, Long.decode(text).toString()) : List.of(text);
  }

  void apply(String modifier) {
    switch (modifier) {
      case "contains" -> place(true, true);
      case "startswith" -> place(false, true);
      case "endswith" -> place(true, false);
      case "windash" -> dash();
      case "wide", "utf16le" -> encode(Encodings::utf16le);
      case "utf16be" -> encode(Encodings::utf16be);
      case "utf16" -> encode(Encodings::utf16);
      case "base64" -> toText(glob -> List.of(Encodings.base64(glob, bytes)));
      case "base64offset" -> toText(glob -> Encodings.base64offset(glob, bytes));
      case "i" -> flags |= Pattern.CASE_INSENSITIVE;
      case "m" -> flags |= Pattern.MULTILINE;
      case "s" -> flags |= Pattern.DOTALL;
      case "lt", "lte", "gt", "gte" -> op = Op.valueOf(modifier.toUpperCase(Locale.ROOT));
      case "minute", "hour", "day", "week", "month", "year" ->
          part = Check.Part.valueOf(modifier.toUpperCase(Locale.ROOT));
      case "expand" -> expand();
      case String _ -> {} // says what the value is, or how values are joined
    }
  }

  /** What the modifiers made of the value: alternatives, one of which must hold. */
  List<Check> checks() {
    if (node.getTag().equals(Tag.NULL)) {
      return nothing();
    }
    return switch (chain.stage()) {
      case REGEX -> List.of(new Check.Regex(Regexes.compile(node.getValue(), flags)));
      case NETWORK -> each(text -> new Check.Cidr(network(text)));
      case PRESENCE -> List.of(new Check.Exists(truth()));
      case REFERENCE, REFERENCE_PLACED ->
          List.of(new Check.Reference(node.getValue(), spot(), chain.has("cased")));
      case PART, PART_COMPARED -> List.of(datePart());
      case NUMBER -> each(text -> new Check.Compare(op == null ? Op.EQ : op, number(text)));
      case WRITTEN, EXPANDED, TEXT, PLACED, BYTES, CODE, CODE_PLACED -> texts();
    };
  }

  /** Whether a part of a date has such a number at all. */
  boolean isPossible() {
    var word = part;
    if (word == null) {
      return true;
    }
    long value = number(node.getValue()).longValueExact();
    return switch (word) {
      case MINUTE -> value >= 0 && value <= 59;
      case HOUR -> value >= 0 && value <= 23;
      case DAY -> value >= 1 && value <= 31;
      case WEEK -> value >= 1 && value <= 53;
      case MONTH -> value >= 1 && value <= 12;
      case YEAR -> value >= 1970 && value <= 9999;
    };
  }

  private Check datePart() {
    var word = part;
    if (word == null) {
      throw new IllegalStateException("a part of a date without its name");
    }
    try {
      long number = number(node.getValue()).longValueExact();
      return new Check.DatePart(word, op == null ? Op.EQ : op, number);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + node.getValue() + "' is not a whole number", e);
    }
  }

  private List<Check> each(Function<String, Check> make) {
    return texts.stream().map(make).toList();
  }

  private List<Check> nothing() {
    boolean alone = chain.stage() == Chain.Stage.WRITTEN && !keyword;
    if (!alone) {
      throw new IllegalArgumentException("null has no text that could be looked at");
    }
    return List.of(new Check.Null());
  }

  private List<Check> texts() {
    var checks = new ArrayList<Check>();
    for (Glob glob : globs) {
      Glob before = start || keyword ? glob.afterAnything() : glob;
      checks.add(
          new Check.Text(end || keyword ? before.beforeAnything() : before, chain.has("cased")));
    }
    return checks;
  }

  private void place(boolean anythingBefore, boolean anythingAfter) {
    start |= anythingBefore;
    end |= anythingAfter;
  }

  private void dash() {
    dashed = true;
    globs = globs.stream().map(Encodings::windash).toList();
  }

  private void encode(UnaryOperator<Glob> change) {
    globs = globs.stream().flatMap(glob -> Encodings.dashes(glob).stream()).map(change).toList();
    bytes = true;
  }

  private void toText(Function<Glob, List<Glob>> change) {
    globs =
        globs.stream()
            .flatMap(glob -> Encodings.dashes(glob).stream())
            .flatMap(glob -> change.apply(glob).stream())
            .toList();
    bytes = false;
  }

  private void expand() {
    texts = placeholders.expand(node.getValue());
    globs = texts.stream().map(Glob::parse).toList();
    if (dashed) {
      dash();
    }
  }

  private Check.Place spot() {
    if (start && end) {
      return Check.Place.ANYWHERE;
    }
    return start ? Check.Place.END : end ? Check.Place.START : Check.Place.WHOLE;
  }

  private boolean truth() {
    try {
      return YamlNodes.flag(node, "its value");
    } catch (RuleFault e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
  }

  private static Network network(String text) {
    return Network.parse(text)
        .orElseThrow(
            () -> new IllegalArgumentException("'" + text + "' is no network such as 10.0.0.0/8"));
  }

  private static BigDecimal number(String text) {
    try {
      return text.matches(HEX) ? new BigDecimal(Long.decode(text)) : new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a number", e);
    }
  }
}
