package mo.farol.indicator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The values of a set that count only together, as AND of a pattern joins them, by group. */
final class Groups {
  private static final int KINDS_AT = 56;

  /**
   * One value of a group.
   *
   * @param claim what is said of it, by number
   */
  record Member(Kind kind, int entry, int claim) {}

  private final IndicatorSet set;
  private final int[] ends; // by group, of its members; while they are counted, how many
  private final long[] values; // kind and entry
  private final int[] claims;

  private Groups(IndicatorSet set) {
    this.set = set;
    ends = new int[set.groups()];
    walk((group, _, _) -> ends[group]++);
    int all = 0;
    for (int group = 0; group < ends.length; group++) {
      int size = ends[group];
      ends[group] = all;
      all += size;
    }
    values = new long[all];
    claims = new int[all];
    walk(
        (group, value, claim) -> {
          int place = ends[group]++;
          values[place] = value;
          claims[place] = claim;
        });
  }

  /**
   * Hands out every group that is there whole: its parts, each with the values of which one is
   * enough.
   */
  static void each(IndicatorSet set, Consumer<List<List<Member>>> to) {
    if (set.groups() > 1) {
      new Groups(set).tell(to);
    }
  }

  private interface Found {
    void claim(int group, long value, int claim);
  }

  private void walk(Found to) {
    for (Kind kind : Kind.values()) {
      var all = set.shelf(kind).claims;
      for (int entry = 0; entry < set.size(kind); entry++) {
        for (int c = all.first(entry); c >= 0; c = all.next(c)) {
          int group = set.terms(all.terms(c)).group();
          if (group > 0) {
            to.claim(group, (long) kind.ordinal() << KINDS_AT | entry, c);
          }
        }
      }
    }
  }

  private void tell(Consumer<List<List<Member>>> to) {
    for (int group = 1; group < ends.length; group++) {
      var parts = parts(group);
      if (parts.stream().noneMatch(List::isEmpty)) {
        to.accept(parts);
      }
    }
  }

  private List<List<Member>> parts(int group) {
    var parts = new ArrayList<List<Member>>();
    for (int part = 0; part < set.parts(group); part++) {
      parts.add(new ArrayList<>());
    }
    for (int i = ends[group - 1]; i < ends[group]; i++) {
      var kind = Kind.values()[(int) (values[i] >>> KINDS_AT)];
      int part = set.terms(set.shelf(kind).claims.terms(claims[i])).part();
      parts.get(part).add(new Member(kind, (int) values[i], claims[i]));
    }
    return parts;
  }
}
