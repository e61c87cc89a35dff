package mo.farol.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import mo.farol.event.Scope;
import mo.farol.journal.Forger;
import mo.farol.journal.Remains;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same of a home whose closed segments were packed: every attack is named as before. */
@Tag("rounds")
class PackedHomeCheckTest extends HomeCheckTest {
  @Override
  void afterwards(SealedHome home) {
    assertThat(home.journal.closed()).isNotEmpty();
    home.journal.closed().forEach(segment -> home.journal.rewrite(segment, Remains.WHOLE));
    assertThat(home.journal.closed()).allMatch(home.journal::isPacked);
  }

  @Test
  void a_block_put_into_a_group_twice_or_taken_out_of_it_is_named() throws IOException {
    Forger.repeat(SealedHome.journalOf(folder), 100);
    assertThat(check().findings()).isNotEmpty().allMatch(line -> line.matches(".* put in.*"));
    Forger.drop(SealedHome.journalOf(folder), 100);
    Forger.drop(SealedHome.journalOf(folder), 100);
    assertThat(check().findings()).isNotEmpty().allMatch(line -> line.matches("event.* dropped"));
  }

  @Test
  void proofs_are_made_from_a_packed_journal_as_before() {
    try (var home = SealedHome.open(folder)) {
      var evidence = home.prover().evidence(List.of(0L, 100L), Scope.national()).orElseThrow();
      var check =
          PackageCheck.check(
              evidence.write(), home.seal.key(), List.of(), java.util.Optional.empty());
      assertThat(check.findings()).isEmpty();
    }
  }
}
