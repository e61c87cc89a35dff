package mo.farol.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.account.Certificates;
import mo.farol.centre.Home;
import mo.farol.centre.People;
import mo.farol.centre.Usage;
import mo.farol.identity.Bundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol agency cert}: a client certificate, beside those the agency has. */
@Command(
    name = "cert",
    description =
        "Issues a client certificate: cert.pem, key.pem, ca.pem, and PKCS #12 for Java and Windows."
            + " Those issued before stay valid.")
final class CertCommand implements Callable<Integer> {
  @Mixin private HomeOption home;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where to write it (default: agencies/NAME-SERIAL in the home)")
  private Optional<Path> out;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "730",
      description = "how long it is valid (default: ${DEFAULT-VALUE})")
  private int days;

  @Option(
      names = "--csr",
      paramLabel = "FILE",
      description = "sign the agency's own request, PEM or DER; only its key counts")
  private Optional<Path> request;

  @Parameters(paramLabel = "NAME", description = "the agency")
  private String name;

  @Override
  public Integer call() {
    var bytes = request.map(CertCommand::read);
    var bundle = Office.in(home, people -> issue(people, bytes));
    var issued = bundle.issued();
    Path folder =
        out.orElseGet(() -> agencies(home).resolve(name + "-" + issued.serial().substring(0, 8)));
    bundle.write(folder);
    System.out.println("agency=" + issued.agency());
    System.out.println("serial=" + issued.serial());
    System.out.println("key.sha256=" + issued.key());
    System.out.println("until=" + issued.until());
    System.out.println("certificate=" + folder.toAbsolutePath());
    return 0;
  }

  /** The first certificate of an agency, in the home; where it is there already, it stays. */
  static Path first(HomeOption home, People people, String agency) {
    Path folder = agencies(home).resolve(agency);
    if (!Files.exists(folder.resolve("cert.pem"))) {
      people.certificates().issue(agency, Certificates.LIFETIME, Office.BY).write(folder);
    }
    return folder.toAbsolutePath();
  }

  private Bundle issue(People people, Optional<byte[]> bytes) {
    out.ifPresent(Bundle::mustBeFree);
    String agency = Office.agency(people, name).id();
    var lifetime = Duration.ofDays(days);
    return bytes.isPresent()
        ? people.certificates().sign(agency, bytes.get(), lifetime, Office.BY)
        : people.certificates().issue(agency, lifetime, Office.BY);
  }

  private static Path agencies(HomeOption home) {
    return new Home(home.path()).agencies();
  }

  private static byte[] read(Path file) {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(1 << 20);
    } catch (IOException e) {
      throw new Usage("cannot read the request " + file + ": " + e);
    }
  }
}
