package mo.farol.indicator;

import java.util.ArrayList;
import java.util.List;

/** What a part of a pattern asks for. */
sealed interface PatternPart {
  /**
   * One of several values.
   *
   * @param labels what else the pattern asks of the same file and is not looked at
   */
  record Value(Kind kind, String text, List<String> labels) {
    boolean isDigest() {
      return switch (kind) {
        case MD5, SHA1, SHA256, SHA512 -> true;
        case ADDRESS, NETWORK, DOMAIN, URL, MAIL, FILE, VULNERABILITY -> false;
      };
    }
  }

  /** Any of these values. */
  record Values(List<Value> any, int column, String path) implements PatternPart {
    boolean areDigests() {
      return any.stream().allMatch(Value::isDigest);
    }

    boolean areFiles() {
      return any.stream().allMatch(v -> v.kind() == Kind.FILE);
    }

    Values with(String label) {
      var all = new ArrayList<Value>();
      for (Value value : any) {
        var labels = new ArrayList<>(value.labels());
        labels.add(label);
        all.add(new Value(value.kind(), value.text(), labels));
      }
      return new Values(all, column, path);
    }
  }

  /** Says more of a file that a digest names. */
  record Beside(String label, int column, String path) implements PatternPart {}

  /** Says what kind of object an address is. */
  record OfType(int column, String path) implements PatternPart {}

  int column();

  String path();

  /** Either. */
  static PatternPart or(PatternPart one, PatternPart other) throws PatternFault {
    var left = alone(one);
    var right = alone(other);
    var all = new ArrayList<>(left.any());
    all.addAll(right.any());
    return new Values(all, left.column(), left.path());
  }

  /** Values; anything else says too little by itself. */
  static Values alone(PatternPart part) throws PatternFault {
    return switch (part) {
      case Values values -> values;
      case Beside(_, int column, String path) ->
          throw new PatternFault(column, path + " is looked at only beside a digest of the file");
      case OfType(int column, String path) ->
          throw new PatternFault(column, path + " is looked at only beside the value");
    };
  }

  /** Both, of one object: digests of a file and more about it, an address and its type. */
  static PatternPart and(PatternPart one, PatternPart other) throws PatternFault {
    if (one instanceof Values left && other instanceof Values right) {
      return both(left, right);
    }
    if (one instanceof Values values && values.areDigests() && other instanceof Beside beside) {
      return values.with(beside.label());
    }
    if (one instanceof Values values
        && other instanceof OfType type
        && values.path().equals(type.path().replace(".type", ".value"))) {
      return values;
    }
    if (one instanceof Values names && names.areFiles() && other instanceof Beside) {
      return and(new Beside(names(names), names.column(), names.path()), other);
    }
    if (one instanceof Beside left && other instanceof Beside right) {
      return new Beside(left.label() + ", " + right.label(), left.column(), left.path());
    }
    if (other instanceof Values && !(one instanceof Values)) {
      return and(other, one);
    }
    throw unread(one, other);
  }

  private static PatternPart both(Values left, Values right) throws PatternFault {
    if (left.areDigests() && right.areDigests()) {
      return or(left, right);
    }
    if (left.areDigests() && right.areFiles()) {
      return left.with(names(right));
    }
    if (left.areFiles() && right.areDigests()) {
      return right.with(names(left));
    }
    throw unread(left, right);
  }

  private static String names(Values files) {
    return files.path() + " " + String.join(" or ", files.any().stream().map(Value::text).toList());
  }

  private static PatternFault unread(PatternPart one, PatternPart other) {
    var later = one.column() > other.column() ? one : other;
    return new PatternFault(
        later.column(),
        "AND of "
            + one.path()
            + " and "
            + other.path()
            + " is not read: only digests of a file"
            + " with its name, size and folder");
  }
}
