package mo.farol.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import mo.farol.account.Person;
import mo.farol.account.Role;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many searches one person keeps. */
class SavedRoomTest {
  private static final int MOST = 500;
  private static final InstantSource CLOCK = () -> Instant.parse("2026-11-24T09:30:00Z");

  @TempDir Path folder;

  @Test
  void the_room_of_a_person_is_not_taken_by_what_they_may_not_see_any_more() {
    try (var ledger = Ledger.openSqlite(folder.resolve("ledger.db"))) {
      var searches = new SavedSearches(ledger, new Deeds(ledger, CLOCK), CLOCK);
      var before = person(Optional.of("finance"));
      for (int i = 0; i < MOST; i++) {
        searches.add("search " + i, wanted(), false, before);
      }
      assertThatThrownBy(() -> searches.add("one more", wanted(), false, before))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("you keep 500 searches already");

      var moved = person(Optional.of("health"));
      var added = searches.add("first", wanted(), false, moved);
      assertThat(searches.of(moved)).containsExactly(added);
      assertThat(searches.of(before)).hasSize(MOST);

      assertThat(searches.remove(searches.of(before).getFirst().number(), before)).isTrue();
      assertThat(searches.add("room again", wanted(), false, before)).isNotNull();
    }
  }

  private static Person person(Optional<String> agency) {
    return new Person("rui", "Rui", Role.AGENCY, agency);
  }

  private static Wanted wanted() {
    return Wanted.back("user.name:root", "24h");
  }
}
