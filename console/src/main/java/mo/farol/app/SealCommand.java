package mo.farol.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import mo.farol.centre.Config;
import mo.farol.centre.Home;
import mo.farol.centre.Running;
import mo.farol.centre.Usage;
import mo.farol.seal.Hash;
import mo.farol.seal.Heads;
import mo.farol.seal.Merkle;
import mo.farol.seal.SignedHead;
import mo.farol.seal.SignerKey;
import mo.farol.seal.VerifierKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol seal}: the public key, heads, evidence packages, and a witness's part. */
@Command(
    name = "seal",
    description = "Shows the public key and heads, exports evidence, and cosigns as a witness.",
    subcommands = {
      SealCommand.Key.class,
      SealCommand.Head.class,
      SealCommand.Export.class,
      SealCommand.WitnessKey.class,
      SealCommand.Cosign.class
    })
final class SealCommand {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SealCommand() {}

  /** {@code seal key}. */
  @Command(name = "key", description = "Prints the public key to hand to whoever verifies.")
  static final class Key implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Override
    public Integer call() {
      var key = SignerKey.read(new Home(home.path()).sealKey()).verifier();
      System.out.println(key);
      System.err.println("fingerprint, to be read out over the telephone: " + key.fingerprint());
      return 0;
    }
  }

  /** {@code seal head}. */
  @Command(name = "head", description = "Prints the newest signed head, to be kept elsewhere.")
  static final class Head implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Override
    public Integer call() {
      var head = Heads.in(new Home(home.path()).seal()).last();
      head.ifPresent(signed -> System.out.print(signed.note()));
      return head.isPresent() ? 0 : 1;
    }
  }

  /** {@code seal export}. */
  @Command(name = "export", description = "Writes an evidence package of events of the centre.")
  static final class Export implements Callable<Integer> {
    @Mixin private HomeOption home;

    private static final int MOST_SCATTERED = 400;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "where to")
    private Path out;

    @Parameters(paramLabel = "EVENT", arity = "1..*", description = "ids, or ranges such as 17-25")
    private List<String> events;

    @Override
    public Integer call() throws IOException {
      try (var client = client(home)) {
        var evidence = client.get("/seal/evidence", wanted());
        Files.writeString(out, evidence.toString());
        System.out.println(out);
        return 0;
      }
    }

    private Map<String, String> wanted() {
      var ids = events.stream().flatMap(text -> ids(text)).toList();
      if (events.size() == 1) {
        return Map.of("first", ids.getFirst(), "last", ids.getLast());
      }
      if (ids.size() > MOST_SCATTERED) {
        throw new Usage("one range, or " + MOST_SCATTERED + " events in several, fit one package");
      }
      return Map.of("ids", String.join(",", ids));
    }

    private static Stream<String> ids(String text) {
      if (!text.matches("\\d{1,18}(-\\d{1,18})?")) {
        throw new Usage("an event is a number or a range such as 17-25, not '" + text + "'");
      }
      String[] ends = text.split("-", 2);
      return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
          .limit(20_000)
          .mapToObj(Long::toString);
    }
  }

  /** {@code seal witness-key}. */
  @Command(
      name = "witness-key",
      description = "Makes the key of a witness; prints its public half.")
  static final class WitnessKey implements Callable<Integer> {
    @Option(names = "--name", paramLabel = "NAME", required = true, description = "who you are")
    private String name;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "where to")
    private Path out;

    @Override
    public Integer call() {
      if (Files.exists(out)) {
        throw new Usage(out + " is there already");
      }
      try {
        var key = SignerKey.createWitness(name);
        key.write(out);
        System.out.println(key.verifier());
        return 0;
      } catch (IllegalArgumentException e) {
        throw new Usage(String.valueOf(e.getMessage()));
      }
    }
  }

  /** {@code seal cosign}. */
  @Command(
      name = "cosign",
      description = "As a witness: checks that a head follows the last one seen; prints the line.")
  static final class Cosign implements Callable<Integer> {
    @Option(
        names = "--key",
        paramLabel = "KEY",
        required = true,
        description = "the centre's public key, or a file that holds it")
    private String key;

    @Option(
        names = "--witness",
        paramLabel = "FILE",
        required = true,
        description = "the witness's own key")
    private Path witness;

    @Option(
        names = "--seen",
        paramLabel = "FILE",
        required = true,
        description = "keeps the last head that was cosigned; made when absent")
    private Path seen;

    @Option(
        names = "--consistency",
        paramLabel = "FILE",
        description = "the answer of /seal/consistency between the last head seen and this one")
    private Optional<Path> consistency;

    @Parameters(paramLabel = "HEAD", description = "the head, as 'farol seal head' printed it")
    private Path head;

    @Override
    public Integer call() throws IOException {
      var signed = read(head);
      VerifierKey centre = VerifyCommand.keyOf(key);
      if (!signed.isSignedBy(centre)) {
        System.out.println("NOT cosigned: the head was not signed by " + centre.name());
        return 1;
      }
      if (Files.exists(seen) && !follows(read(seen), signed)) {
        System.out.println(
            "NOT cosigned: the head does not follow the one of %d events seen before"
                .formatted(read(seen).head().size()));
        return 1;
      }
      Files.writeString(seen, signed.note());
      System.out.println(signed.cosignature(SignerKey.read(witness), Instant.now()));
      return 0;
    }

    private boolean follows(SignedHead before, SignedHead now) throws IOException {
      List<Hash> path = List.of();
      if (consistency.isPresent()) {
        var node = JSON.readTree(consistency.get().toFile());
        path = node.path("path").valueStream().map(hash -> Hash.ofHex(hash.asText())).toList();
      }
      return Merkle.isConsistent(
          before.head().size(), before.head().root(), now.head().size(), now.head().root(), path);
    }

    private static SignedHead read(Path file) throws IOException {
      try {
        return SignedHead.parse(Files.readString(file, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw new Usage(file + " holds no signed head");
      }
    }
  }

  private static CentreClient client(HomeOption home) {
    var config = Config.read(home.path(), Optional.empty(), List.of());
    var where = new Home(config.home());
    return new CentreClient(where, Running.needed(where), Tokens.local(config, "local"));
  }
}
