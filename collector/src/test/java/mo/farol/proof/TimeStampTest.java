package mo.farol.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Scope;
import mo.farol.seal.Authority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads stamped by an authority of our own. */
class TimeStampTest {
  @TempDir Path folder;

  @Test
  void a_head_is_stamped_and_the_package_says_by_whom() {
    try (var authority = new Authority("Harbour Time");
        var home = SealedHome.stamped(folder, authority.address())) {
      home.append(SealedHome.HARBOUR, 20);
      home.sealAll();
      await().until(() -> home.seal.stamps().sizeAbove(19).isPresent());
      var evidence = home.prover().evidence(List.of(7L), Scope.national()).orElseThrow();

      var trusting = check(home, evidence, Optional.of(authority.certificate()));
      assertThat(trusting.findings()).isEmpty();
      assertThat(trusting.proven())
          .anyMatch(line -> line.startsWith("CN=Harbour Time says that the head was there at"))
          .noneMatch(line -> line.contains("not checked"));
      assertThat(check(home, evidence, Optional.empty()).proven())
          .anyMatch(line -> line.contains("was not checked"));
    }
  }

  @Test
  void a_stamp_of_another_authority_or_over_another_head_is_found() {
    try (var authority = new Authority("Harbour Time");
        var other = new Authority("Harbour Time");
        var home = SealedHome.stamped(folder, authority.address())) {
      home.append(SealedHome.HARBOUR, 20);
      home.sealAll();
      await().until(() -> home.seal.stamps().sizeAbove(19).isPresent());
      home.append(SealedHome.HARBOUR, 20);
      home.sealAll();
      await().until(() -> home.seal.stamps().sizeAbove(39).isPresent());
      var first = home.prover().evidence(List.of(7L), Scope.national()).orElseThrow();
      var second = home.prover().evidence(List.of(37L), Scope.national()).orElseThrow();

      assertThat(check(home, first, Optional.of(other.certificate())).findings())
          .anyMatch(line -> line.contains("not of the authority given"));
      var mixed =
          new EvidencePackage(
              first.format(),
              first.key(),
              first.rotations(),
              first.head(),
              second.timestamp(),
              first.runs());
      assertThat(check(home, mixed, Optional.empty()).findings())
          .anyMatch(line -> line.contains("over something else than this head"));
    }
  }

  @Test
  void an_authority_that_is_out_stops_no_head_and_is_asked_again() {
    try (var authority = new Authority("Harbour Time");
        var home = SealedHome.stamped(folder, authority.address())) {
      authority.fail(true);
      home.append(SealedHome.HARBOUR, 20);
      home.sealAll();
      await().until(() -> authority.asked() > 1);
      assertThat(home.seal.stamps().sizes()).isEmpty();
      assertThat(home.prover().evidence(List.of(7L), Scope.national()).orElseThrow().timestamp())
          .isEmpty();

      authority.fail(false);
      await().until(() -> home.seal.stamps().sizeAbove(19).isPresent());
    }
  }

  private static Verdict check(
      SealedHome home, EvidencePackage evidence, Optional<X509Certificate> authority) {
    return PackageCheck.check(evidence.write(), home.seal.key(), List.of(), authority);
  }
}
