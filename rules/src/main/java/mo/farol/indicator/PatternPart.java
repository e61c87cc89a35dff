package mo.farol.indicator;

import java.util.ArrayList;
import java.util.List;

/** What a part of a pattern asks for. */
sealed interface PatternPart {
  /** Values that one event must show, and ways to do so. */
  int MOST_PARTS = 8;

  int MOST_GROUPS = 64;

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

  /**
   * One of these groups; of a group each part, in one event.
   *
   * @param groups of two parts or more
   */
  record Together(List<List<Values>> groups, int column, String path) implements PatternPart {}

  /** Says more of a file that a digest names. */
  record Beside(String label, int column, String path) implements PatternPart {}

  /** Says what kind of object an address is. */
  record OfType(int column, String path) implements PatternPart {}

  int column();

  String path();

  /** Either. */
  static PatternPart or(PatternPart one, PatternPart other) throws PatternFault {
    if (one instanceof Together || other instanceof Together) {
      var all = new ArrayList<>(groups(one));
      all.addAll(groups(other));
      return new Together(all, one.column(), one.path());
    }
    return either(alone(one), alone(other));
  }

  private static Values either(Values one, Values other) {
    var all = new ArrayList<>(one.any());
    all.addAll(other.any());
    return new Values(all, one.column(), one.path());
  }

  /** What is asked for, as groups of which one is enough. */
  static List<List<Values>> groups(PatternPart part) throws PatternFault {
    return part instanceof Together together ? together.groups() : List.of(List.of(alone(part)));
  }

  /** Values; anything else says too little by itself. */
  static Values alone(PatternPart part) throws PatternFault {
    return switch (part) {
      case Values values -> values;
      case Beside(_, int column, String path) ->
          throw new PatternFault(column, path + " is looked at only beside a digest of the file");
      case OfType(int column, String path) ->
          throw new PatternFault(column, path + " is looked at only beside the value");
      case Together(_, int column, String path) ->
          throw new PatternFault(column, path + " stands here with others: too deep to be read");
    };
  }

  /**
   * Both: digests of one file by several algorithms, of which one is enough, since each names the
   * file; more about that file; an address and its type; else values that one event must show.
   */
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
    if (one instanceof Together && isWhole(other) || other instanceof Together && isWhole(one)) {
      return together(one, other);
    }
    throw unread(one, other);
  }

  private static boolean isWhole(PatternPart part) {
    return part instanceof Together || part instanceof Values;
  }

  private static PatternPart both(Values left, Values right) throws PatternFault {
    if (areOfOneFile(left, right)) {
      return either(left, right);
    }
    if (left.areDigests() && right.areFiles()) {
      return left.with(names(right));
    }
    if (left.areFiles() && right.areDigests()) {
      return right.with(names(left));
    }
    return together(left, right);
  }

  // Of one object, by different algorithms: two of the same algorithm are two files.
  private static boolean areOfOneFile(Values left, Values right) {
    return left.areDigests()
        && right.areDigests()
        && object(left.path()).equals(object(right.path()))
        && left.any().stream()
            .map(Value::kind)
            .noneMatch(kind -> right.any().stream().anyMatch(value -> value.kind() == kind));
  }

  private static String object(String path) {
    int hashes = path.indexOf("hashes.");
    return hashes < 0 ? path : path.substring(0, hashes);
  }

  private static Together together(PatternPart one, PatternPart other) throws PatternFault {
    var groups = new ArrayList<List<Values>>();
    for (var left : groups(one)) {
      for (var right : groups(other)) {
        var group = new ArrayList<>(left);
        group.addAll(right);
        if (group.size() > MOST_PARTS || groups.size() == MOST_GROUPS) {
          throw new PatternFault(
              other.column(),
              "more than %d values with AND, or %d ways to meet them, are not read"
                  .formatted(MOST_PARTS, MOST_GROUPS));
        }
        groups.add(group);
      }
    }
    return new Together(groups, one.column(), one.path());
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
            + " is not read: name, size and folder of a file stand beside its digests");
  }
}
