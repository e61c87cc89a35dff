package mo.farol.onboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mo.farol.identity.HostNames;

/** Fills in the files of {@code snippets}: {@code @{name}} stands for a value. */
public final class Snippets {
  private static final Pattern PLACE = Pattern.compile("@\\{([a-z.]+)}");
  private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9_./:\\\\ -]{1,200}");

  private Snippets() {}

  /**
   * What an agency pastes.
   *
   * @param certificates folder of the certificate on the agency's machine; empty for the usual one
   * @throws IllegalArgumentException in one line where the listener it needs is off, or a value is
   *     none
   */
  public static String of(
      Forwarder forwarder, String agency, Reach reach, Optional<String> certificates) {
    String host = checked(reach.host());
    String folder = certificates.orElse(forwarder.folder());
    if (!FOLDER.matcher(folder).matches()) {
      throw new IllegalArgumentException("'" + folder + "' is no folder to write into a snippet");
    }
    var values = new HashMap<String, String>();
    for (String key : reach.ports().keySet()) {
      reach
          .port(key, agency)
          .ifPresent(port -> values.put(key.substring(key.indexOf('.') + 1) + ".port", "" + port));
    }
    values.put("agency", agency);
    values.put("host", host);
    values.put("url.host", host.contains(":") ? "[" + host + "]" : host);
    values.put("name", HostNames.isAddress(host) && reach.ours() ? HostNames.ALWAYS : host);
    values.put("certs", folder);
    values.put("framing", reach.isByLine(forwarder.key(), agency) ? "" : "--octet-count ");
    values.put("port", Integer.toString(port(forwarder, agency, reach)));
    return filled(template(forwarder), values);
  }

  /** What keeps a snippet from working as it is, in one line; empty for nothing known. */
  public static Optional<String> trouble(Forwarder forwarder, Reach reach) {
    String host = checked(reach.host());
    boolean fits = forwarder.needsOwnPort() || !reach.ours() || reach.names().contains(host);
    return fits
        ? Optional.empty()
        : Optional.of(
            "the listeners' certificate does not name %s, so that senders will refuse it: write 'intake.tls.names: %s' into farol.yaml of the home and restart the centre"
                .formatted(host, host));
  }

  private static int port(Forwarder forwarder, String agency, Reach reach) {
    String key = forwarder.key();
    var port = forwarder.needsOwnPort() ? reach.own(key, agency) : reach.port(key, agency);
    return port.orElseThrow(() -> new IllegalArgumentException(noPort(forwarder, agency)));
  }

  private static String noPort(Forwarder forwarder, String agency) {
    if (!forwarder.needsOwnPort()) {
      return "%s needs the listener %s, which is off: give it a port and restart the centre"
          .formatted(forwarder.word(), forwarder.key());
    }
    boolean udp = forwarder.key().endsWith(".udp");
    return "%s has no syslog port of its own over %s yet: write 'intake.pinned: \"%s=%s\"' into farol.yaml of the home, restart the centre, ask again"
        .formatted(agency, udp ? "UDP" : "TCP", agency, udp ? "udp:5614" : "5614");
  }

  private static String checked(String host) {
    try {
      return HostNames.checked(host);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String filled(String template, Map<String, String> values) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    values.getOrDefault(place.group(1), "(" + place.group(1) + " is off)")));
  }

  private static String template(Forwarder forwarder) {
    String name = "/snippets/" + forwarder.file();
    try (var in = Snippets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
