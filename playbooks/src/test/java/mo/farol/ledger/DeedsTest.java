package mo.farol.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeedsTest {
  @TempDir Path folder;

  @Test
  void deeds_are_told_newest_first_and_by_thing_oldest_first() {
    try (var desk = three()) {
      assertThat(desk.deeds.latest(2))
          .extracting(Deeds.Deed::what)
          .containsExactly("incident.opened", "alert.closed");
      assertThat(desk.deeds.of("a1"))
          .extracting(Deeds.Deed::what)
          .containsExactly("alert.acknowledged", "alert.closed");
    }
  }

  @Test
  void an_untouched_chain_holds() {
    try (var desk = three()) {
      assertThat(desk.deeds.firstBroken()).isEmpty();
    }
  }

  @Test
  void the_tables_own_guard_refuses_a_change_and_a_removal() {
    try (var desk = three()) {
      assertThatThrownBy(
              () -> desk.ledger.change(h -> h.execute("update deed set by_whom = 'rui'")))
          .hasMessageContaining("never changed");
      assertThatThrownBy(() -> desk.ledger.change(h -> h.execute("delete from deed")))
          .hasMessageContaining("never removed");
    }
  }

  @Test
  void an_edit_behind_the_guards_back_is_found() {
    try (var desk = three()) {
      unguarded(desk, "update deed set detail = 'TRUE_POSITIVE: yes' where number = 2");
      assertThat(desk.deeds.firstBroken()).hasValue(2);
    }
  }

  @Test
  void a_removal_behind_the_guards_back_is_found() {
    try (var desk = three()) {
      unguarded(desk, "delete from deed where number = 2");
      assertThat(desk.deeds.firstBroken()).hasValue(3);
    }
  }

  @Test
  void text_moved_from_one_column_to_its_neighbour_is_found() {
    try (var desk = three()) {
      unguarded(
          desk, "update deed set on_what = 'a1Pass', detail = 'word guessed' where number = 1");
      assertThat(desk.deeds.firstBroken()).hasValue(1);
    }
  }

  private Desk three() {
    var desk = Desk.open(folder);
    desk.deeds.record("ana", "alert.acknowledged", "a1", "Password guessed");
    desk.deeds.record("ana", "alert.closed", "a1", "FALSE_POSITIVE: a drill of our own");
    desk.deeds.record("farol", "incident.opened", "FRL-2026-0001", "");
    return desk;
  }

  private static void unguarded(Desk desk, String sql) {
    desk.ledger.change(
        h -> {
          h.execute("drop trigger deed_is_never_changed");
          h.execute("drop trigger deed_is_never_removed");
          h.execute(sql);
        });
  }
}
