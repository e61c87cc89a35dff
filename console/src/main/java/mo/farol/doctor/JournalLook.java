package mo.farol.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.centre.Home;
import mo.farol.journal.StoredJournal;
import mo.farol.seal.Heads;
import mo.farol.seal.KeyChain;
import mo.farol.seal.SealFault;
import mo.farol.seal.SealKeys;
import mo.farol.seal.SignedHead;
import mo.farol.seal.SignerKey;
import mo.farol.seal.TreeReader;

/** Whether the journal ends where its newest signed head says, and the clock agrees with it. */
final class JournalLook {
  private static final Duration TOLERATED = Duration.ofSeconds(2);

  private JournalLook() {}

  static void at(Remarks remarks, Home home, Instant now) throws IOException {
    long durable;
    try (var journal = StoredJournal.open(home.journal())) {
      durable = journal.durable();
    }
    long aside = count(home.journal().resolve("quarantine"));
    if (aside > 0) {
      remarks.warn(
          "journal",
          "ends before event %,d; %,d pieces were set aside as damaged: 'farol verify --home' says"
              + " which events are gone; see to the disk",
          durable,
          aside);
    } else {
      remarks.ok("journal", "ends before event %,d", durable);
    }
    var head = Heads.in(home.seal()).last();
    if (head.isPresent()) {
      sealed(remarks, home, head.get(), durable, now);
    } else if (durable > 0) {
      remarks.warn("seal", "there is no signed head yet: one comes within seal.every");
    }
  }

  private static void sealed(
      Remarks remarks, Home home, SignedHead signed, long durable, Instant now) {
    var head = signed.head();
    if (head.at().isAfter(now.plus(TOLERATED))) {
      remarks.fail(
          "clock",
          "%s behind the newest signed head (%s): set the clock before the centre starts, or find"
              + " out why that one was ahead",
          Duration.between(now, head.at()).truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
          head.at());
    }
    var wrong = wrong(home, signed, durable);
    if (wrong.isPresent()) {
      remarks.fail(
          "seal", "%s; 'farol verify --home' says more, before anything is changed", wrong.get());
    } else {
      remarks.ok("seal", "%,d events are under the head of %s", head.size(), head.at());
    }
  }

  private static Optional<String> wrong(Home home, SignedHead signed, long durable) {
    var head = signed.head();
    if (head.size() > durable) {
      return Optional.of(
          "%,d events are sealed and the journal ends before event %,d"
              .formatted(head.size(), durable));
    }
    try {
      var key = SignerKey.read(home.sealKey()).verifier();
      var wrong = KeyChain.of(key, SealKeys.stored(home.seal())).wrong(signed);
      if (!wrong.isEmpty()) {
        return Optional.of(wrong.getFirst());
      }
      try (var tree = TreeReader.of(home.seal())) {
        return tree.hash(0, head.size()).equals(head.root())
            ? Optional.empty()
            : Optional.of("the tree does not lead to the newest signed head");
      }
    } catch (SealFault | IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static long count(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }
}
