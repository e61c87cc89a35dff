package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Walks the rule book: every entry's events through the real engine, its alerts out. */
class BookTest {
  private static final Path BOOK = Path.of("book");
  private static final RuleBook RULES = RuleBook.load(List.of(BOOK));
  private static final DecisionBook DECISIONS = DecisionBook.shipped();

  @Test
  void every_rule_of_the_book_compiles() {
    assertThat(RULES.refusals()).isEmpty();
    assertThat(DECISIONS.faults()).isEmpty();
    assertThat(RULES.rules()).hasSizeGreaterThan(10);
  }

  @TestFactory
  Stream<DynamicTest> every_entry_raises_its_alerts_and_no_other() {
    return BookEntry.all(BOOK).stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.name(), () -> assertThat(entry.differences(RULES, DECISIONS)).isEmpty()));
  }
}
