package mo.farol.sigma;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One value of a rule on its way through its modifiers. A modifier that doesn't fit what came
 * before throws {@link IllegalArgumentException} with the reason.
 */
final class ValueState {
  private final Node node;
  private final Map<String, List<String>> placeholders;
  private final boolean keyword;

  private List<Glob> globs;
  private boolean bytes;
  private boolean cased;
  private boolean regex;
  private int flags;
  private boolean cidr;
  private boolean exists;
  private boolean reference;
  private boolean expanded;
  private @Nullable Op op;
  private Check.@Nullable Part part;
  private boolean start;
  private boolean end;

  ValueState(Node node, Map<String, List<String>> placeholders, boolean keyword) {
    this.node = node;
    this.placeholders = placeholders;
    this.keyword = keyword;
    globs = node instanceof ScalarNode ? List.of(Glob.parse(text())) : List.of();
  }

  void apply(String modifier) {
    switch (modifier) {
      case "all", "neq" -> {}
      case "contains" -> place(true, true);
      case "startswith" -> place(false, true);
      case "endswith" -> place(true, false);
      case "cased" -> cased = true;
      case "windash" -> each(Encodings::windash);
      case "wide", "utf16le" -> encode(Encodings::utf16le);
      case "utf16be" -> encode(Encodings::utf16be);
      case "utf16" -> encode(Encodings::utf16);
      case "base64" -> toText(glob -> List.of(Encodings.base64(glob, bytes)));
      case "base64offset" -> toText(glob -> Encodings.base64offset(glob, bytes));
      case "re" -> regex = only("re", regex);
      case "i" -> flag("i", Pattern.CASE_INSENSITIVE);
      case "m" -> flag("m", Pattern.MULTILINE);
      case "s" -> flag("s", Pattern.DOTALL);
      case "cidr" -> cidr = only("cidr", cidr);
      case "exists" -> exists = only("exists", exists);
      case "fieldref" -> reference = only("fieldref", reference);
      case "lt", "lte", "gt", "gte" -> op = Op.valueOf(modifier.toUpperCase(Locale.ROOT));
      case "minute", "hour", "day", "week", "month", "year" ->
          part = Check.Part.valueOf(modifier.toUpperCase(Locale.ROOT));
      case "expand" -> expand();
      case "" -> throw new IllegalArgumentException("a modifier is missing after '|'");
      case String _ -> throw new IllegalArgumentException("no such modifier in Sigma 2.1.0");
    }
  }

  /** What the modifiers made of the value: alternatives, one of which must hold. */
  List<Check> checks() {
    if (!(node instanceof ScalarNode)) {
      throw new IllegalArgumentException("a value must be a single text, number or null");
    }
    if (regex) {
      return List.of(new Check.Regex(pattern(text(), flags)));
    }
    if (cidr) {
      return List.of(new Check.Cidr(network()));
    }
    if (exists) {
      return List.of(new Check.Exists(truth()));
    }
    if (reference) {
      return List.of(new Check.Reference(text(), spot(), cased));
    }
    var word = part;
    if (word != null) {
      return List.of(new Check.DatePart(word, op == null ? Op.EQ : op, number().longValueExact()));
    }
    var comparison = op;
    if (comparison != null) {
      return List.of(new Check.Compare(comparison, number()));
    }
    return node.getTag().equals(Tag.NULL) ? nothing() : texts();
  }

  private List<Check> nothing() {
    if (keyword || start || end) {
      throw new IllegalArgumentException("null can't be searched for in text");
    }
    return List.of(new Check.Null());
  }

  private List<Check> texts() {
    var checks = new ArrayList<Check>();
    for (Glob glob : globs) {
      Glob before = start || keyword ? glob.afterAnything() : glob;
      checks.add(new Check.Text(end || keyword ? before.beforeAnything() : before, cased));
    }
    return checks;
  }

  private void place(boolean anythingBefore, boolean anythingAfter) {
    if (regex || cidr || exists) {
      throw new IllegalArgumentException("only text can be placed; a regex is searched anyway");
    }
    start |= anythingBefore;
    end |= anythingAfter;
  }

  private void each(java.util.function.UnaryOperator<Glob> change) {
    globs = globs.stream().map(change).toList();
  }

  private void encode(java.util.function.UnaryOperator<Glob> change) {
    if (bytes) {
      throw new IllegalArgumentException("the value is encoded already");
    }
    each(change);
    bytes = true;
  }

  private void toText(java.util.function.Function<Glob, List<Glob>> change) {
    if (start || end) {
      throw new IllegalArgumentException("encode first, then say where: put it before contains");
    }
    globs = globs.stream().flatMap(glob -> change.apply(glob).stream()).toList();
    bytes = false;
  }

  private static boolean only(String name, boolean already) {
    if (already) {
      throw new IllegalArgumentException("'" + name + "' stands here twice");
    }
    return true;
  }

  private void flag(String name, int bit) {
    if (!regex) {
      throw new IllegalArgumentException("'" + name + "' is a part of 're' and follows it");
    }
    flags |= bit;
  }

  private void expand() {
    if (expanded) {
      throw new IllegalArgumentException("'expand' stands here twice");
    }
    expanded = true;
    globs = Placeholders.expand(text(), placeholders).stream().map(Glob::parse).toList();
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

  private Network network() {
    return Network.parse(text())
        .orElseThrow(
            () ->
                new IllegalArgumentException("'" + text() + "' is no network such as 10.0.0.0/8"));
  }

  private BigDecimal number() {
    try {
      return new BigDecimal(text().strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text() + "' is not a number", e);
    }
  }

  private String text() {
    return ((ScalarNode) node).getValue();
  }

  private static Pattern pattern(String regex, int flags) {
    try {
      return Pattern.compile(regex, flags);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the expression can't be run in linear time: " + e.getDescription(), e);
    }
  }
}
