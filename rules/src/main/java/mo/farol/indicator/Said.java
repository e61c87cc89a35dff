package mo.farol.indicator;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an entry says of itself.
 *
 * @param id empty where it has none
 * @param confidence 0 to 100, or -1 for the source's
 * @param group number of the values of which one event must show all, 0 for a value alone
 * @param part which of them this is, from 0
 */
record Said(
    String id,
    int confidence,
    @Nullable Tlp tlp,
    @Nullable Instant from,
    @Nullable Instant until,
    List<String> labels,
    int group,
    int part) {
  static final Said NOTHING = new Said("", -1, null, null, null, List.of());

  Said(
      String id,
      int confidence,
      @Nullable Tlp tlp,
      @Nullable Instant from,
      @Nullable Instant until,
      List<String> labels) {
    this(id, confidence, tlp, from, until, labels, 0, 0);
  }

  Said together(int ofGroup, int ofPart) {
    return new Said(id, confidence, tlp, from, until, labels, ofGroup, ofPart);
  }

  Said with(List<String> more) {
    if (more.isEmpty()) {
      return this;
    }
    var all = new java.util.ArrayList<>(labels);
    all.addAll(more);
    return new Said(id, confidence, tlp, from, until, all, group, part);
  }
}
