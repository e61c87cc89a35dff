package mo.farol.match;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text that must stand in whatever a regular expression finds. */
public final class RegexText {
  private RegexText() {}

  /**
   * Texts of which at least one stands, in either case, in every value that fits; each of two
   * characters or more, in lower case, ASCII. Empty where nothing is known.
   */
  public static List<String> of(Pattern pattern) {
    return switch (RegexLiterals.shape(pattern)) {
      case Shape.Inside(var some) ->
          some.stream().map(each -> new String(Shape.bytes(each), StandardCharsets.UTF_8)).toList();
      case Shape.Free _, Shape.Exact _, Shape.Prefix _, Shape.Suffix _ -> List.of();
    };
  }
}
