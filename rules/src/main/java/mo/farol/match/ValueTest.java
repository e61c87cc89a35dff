package mo.farol.match;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import mo.farol.sigma.Check;
import mo.farol.sigma.Glob;
import mo.farol.sigma.Network;
import mo.farol.sigma.Op;

/** Whether a slice of bytes passes one check. */
interface ValueTest {
  boolean test(byte[] bytes, int from, int to);

  /** The test of a text with wildcards; its values come folded unless it minds case. */
  static ValueTest text(Check.Text text) {
    if (text.cased()) {
      var glob = GlobBytes.of(text.glob(), true);
      return glob::matches;
    }
    return switch (Shape.of(text.glob())) {
      case Shape.Exact(var whole) -> equalTo(Shape.bytes(whole));
      case Shape.Prefix(var start) when isPure(text.glob(), 1) -> startsWith(Shape.bytes(start));
      case Shape.Suffix(var end) when isPure(text.glob(), 1) -> endsWith(Shape.bytes(end));
      case Shape.Inside(var some) when some.size() == 1 && isPure(text.glob(), 2) ->
          contains(Shape.bytes(some.getFirst()));
      case Shape.Prefix _, Shape.Suffix _, Shape.Inside _, Shape.Free _ -> {
        var glob = GlobBytes.of(text.glob(), false);
        yield glob::matches;
      }
    };
  }

  /** Whether a glob has its marks at its ends only. */
  private static boolean isPure(Glob glob, int marks) {
    return glob.parts().filter(part -> part < 0).count() == marks
        && glob.parts().noneMatch(part -> part == Glob.ONE || part == Glob.DASH)
        && (marks == 1 || (glob.part(0) == Glob.RUN && glob.part(glob.length() - 1) == Glob.RUN));
  }

  /** Whether a glob is text whole, at the start, at the end or inside, and nothing else. */
  static boolean isPlain(Glob glob) {
    return switch (Shape.of(glob)) {
      case Shape.Exact _ -> true;
      case Shape.Prefix _, Shape.Suffix _ -> isPure(glob, 1);
      case Shape.Inside(var some) -> some.size() == 1 && isPure(glob, 2);
      case Shape.Free _ -> false;
    };
  }

  private static ValueTest equalTo(byte[] text) {
    return (b, from, to) -> Arrays.equals(b, from, to, text, 0, text.length);
  }

  private static ValueTest startsWith(byte[] text) {
    return (b, from, to) ->
        to - from >= text.length
            && Arrays.equals(b, from, from + text.length, text, 0, text.length);
  }

  private static ValueTest endsWith(byte[] text) {
    return (b, from, to) ->
        to - from >= text.length && Arrays.equals(b, to - text.length, to, text, 0, text.length);
  }

  private static ValueTest contains(byte[] text) {
    int length = text.length;
    byte first = text[0];
    byte last = text[length - 1];
    return (b, from, to) -> {
      for (int i = from, end = to - length; i <= end; i++) {
        if (b[i] == first
            && b[i + length - 1] == last
            && Arrays.equals(b, i, i + length, text, 0, length)) {
          return true;
        }
      }
      return false;
    };
  }

  static ValueTest regex(Pattern pattern) {
    var run = RegexRun.of(pattern);
    ValueTest found = (b, from, to) -> pattern.matcher(Arrays.copyOfRange(b, from, to)).find();
    ValueTest whole =
        !RegexEnd.mayStandBefore(pattern)
            ? found
            : (b, from, to) ->
                found.test(b, from, to)
                    || (to > from && b[to - 1] == '\n' && found.test(b, from, to - 1));
    return run.<ValueTest>map(
            needed -> (b, from, to) -> needed.standsIn(b, from, to) && whole.test(b, from, to))
        .orElse(whole);
  }

  static ValueTest cidr(Network network) {
    byte[] address = new byte[16];
    return (b, from, to) -> network.contains(address, Addresses.read(b, from, to, address));
  }

  static ValueTest number(Op op, BigDecimal number) {
    return (b, from, to) -> {
      if (to - from > 40 || from == to) {
        return false;
      }
      try {
        return op.holds(new BigDecimal(string(b, from, to)).compareTo(number));
      } catch (NumberFormatException e) {
        return false;
      }
    };
  }

  static ValueTest datePart(Check.DatePart check) {
    return (b, from, to) -> {
      long part = to - from > 40 ? -1 : DateParts.of(check.part(), b, from, to);
      return part >= 0 && check.op().holds(Long.compare(part, check.number()));
    };
  }

  private static String string(byte[] b, int from, int to) {
    return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
