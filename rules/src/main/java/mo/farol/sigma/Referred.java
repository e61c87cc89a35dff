package mo.farol.sigma;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The part of a book that some of its rules refer to. */
final class Referred {
  private final RuleBook book;

  Referred(RuleBook book) {
    this.book = book;
  }

  /** Those of these ids and all that they refer to. */
  RuleBook of(Set<String> ids) {
    return part(ids, Set.of());
  }

  /**
   * Those of these ids or names and all that they refer to; none in shadow.
   *
   * @param not ids that stand for something else
   */
  RuleBook named(Set<String> wanted, Set<String> not) {
    var ids = new HashSet<String>();
    Stream.concat(
            book.rules().stream().map(each -> List.of(each.ref().id(), each.name())),
            book.correlations().stream().map(each -> List.of(each.ref().id(), each.name())))
        .filter(each -> !Shadow.is(each.getFirst()))
        .filter(each -> wanted.contains(each.getFirst()) || wanted.contains(each.getLast()))
        .forEach(each -> ids.add(each.getFirst()));
    return part(ids, not);
  }

  // Those referred to come before those that refer: once from the end to the beginning finds all.
  private RuleBook part(Set<String> ids, Set<String> not) {
    var wanted = new HashSet<>(ids);
    wanted.removeAll(not);
    for (var each : book.correlations().reversed()) {
      if (wanted.contains(each.ref().id())) {
        wanted.addAll(each.rules());
        wanted.removeAll(not);
      }
    }
    return new RuleBook(
        book.rules().stream().filter(each -> wanted.contains(each.ref().id())).toList(),
        book.correlations().stream().filter(each -> wanted.contains(each.ref().id())).toList(),
        List.of(),
        List.of(),
        List.of());
  }
}
