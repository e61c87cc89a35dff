package mo.farol.hunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import mo.farol.event.Scope;
import mo.farol.match.RuleSettings;
import mo.farol.match.Rules;
import mo.farol.search.Asker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many hunts whose people have at once: none ends here before the test does. */
class HuntPlacesTest {
  private static final HuntTarget SOUGHT =
      new HuntTarget.Rules(
          Rules.book(
              """
              title: Sought
              id: 11111111-1111-4111-8111-111111111111
              logsource: {product: home}
              detection:
                sel: {Name: x}
                condition: sel
              """),
          RuleSettings.standard(),
          Optional.empty());

  @TempDir private Path folder;
  private final CountDownLatch over = new CountDownLatch(1);
  private Ground ground;
  private Hunts hunts;

  @BeforeEach
  void open() {
    ground = new Ground(folder);
    hunts = new Hunts(ground.hunter, new Endless(), InstantSource.system());
  }

  @AfterEach
  void close() {
    over.countDown();
    hunts.close();
    ground.close();
  }

  @Test
  void agencies_leave_places_to_the_centre_and_its_own_take_none() {
    for (int i = 0; i < 8; i++) {
      begin(Hunts.CENTRE, Scope.national());
    }
    begin("a1", Scope.of("a"));
    begin("a2", Scope.of("a"));
    assertFull("a3", Scope.of("a"));
    begin("b1", Scope.of("b"));
    begin("b1", Scope.of("b"));
    begin("c1", Scope.of("c"));
    assertFull("d1", Scope.of("d"));
    begin("ana", Scope.national());
    begin("ana", Scope.national());
    assertFull("ana", Scope.national());
    begin("eva", Scope.national());
    assertFull("olga", Scope.national());
    assertThat(begin(Hunts.CENTRE, Scope.of("a")).progress()).isPresent();
  }

  private Hunts.Told begin(String name, Scope scope) {
    return hunts.begin(
        new Hunts.Wanted(
            "x", "sigma", "x", SOUGHT, Optional.empty(), Optional.empty(), Optional.empty()),
        new Asker.Who(name, scope));
  }

  private void assertFull(String name, Scope scope) {
    assertThatThrownBy(() -> begin(name, scope))
        .as(name)
        .isInstanceOf(HuntFault.class)
        .hasMessageContaining("2 of one agency's");
  }

  private final class Endless implements HuntBook {
    @Override
    public void begun(HuntEntry entry) {}

    @Override
    public void ended(HuntEntry entry) {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public List<HuntEntry> of(String seers, int most) {
      return List.of();
    }

    @Override
    public Optional<HuntEntry> find(String id, String seers) {
      return Optional.empty();
    }

    @Override
    public boolean remove(String id, String seers, String by) {
      return false;
    }
  }
}
