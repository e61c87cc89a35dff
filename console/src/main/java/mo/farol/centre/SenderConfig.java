package mo.farol.centre;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mo.farol.identity.HostNames;
import mo.farol.identity.IdentityFault;
import mo.farol.identity.OwnFiles;
import mo.farol.intake.PinnedListener;
import mo.farol.parse.SourceRules;
import mo.farol.syslog.Framing;
import mo.farol.wire.Quota;
import mo.farol.wire.Quotas;
import mo.farol.wire.TlsFront;

/** What the operator chose about those who send: ports, certificates, formats, quotas. */
public final class SenderConfig {
  private final Config config;

  SenderConfig(Config config) {
    this.config = config;
  }

  /** Listeners of single agencies, in the order given. */
  public List<PinnedListener> pinned() {
    return OwnListeners.of(config);
  }

  /** Where messages of a syslog listener end. */
  public Framing framing(Key key) {
    return framing(key, config.text(key));
  }

  static Framing framing(Key key, String word) {
    return Framing.of(word)
        .orElseThrow(
            () ->
                new Usage(
                    "%s takes auto, shown, octet, lf or nul, not '%s'".formatted(key.key(), word)));
  }

  /** The operator's own certificate for the TLS listeners; a Usage where half of it is named. */
  public Optional<OwnFiles> listenersOwn() {
    String certificate = config.text(Key.INTAKE_TLS_CERTIFICATE);
    String key = config.text(Key.INTAKE_TLS_KEY);
    if (certificate.isBlank() != key.isBlank()) {
      throw new Usage(
          "intake.tls.certificate and intake.tls.key go together: name both PEM files or none");
    }
    return certificate.isBlank()
        ? Optional.empty()
        : Optional.of(new OwnFiles(Path.of(certificate), Path.of(key)));
  }

  /** Names under which the TLS listeners are reached. */
  public Set<String> listenersNames() {
    try {
      return HostNames.of(config.text(Key.BIND), config.list(Key.INTAKE_TLS_NAMES));
    } catch (IdentityFault e) {
      throw new Usage("bind and intake.tls.names: " + e.getMessage());
    }
  }

  /** Whether TLS clients must show a certificate where nothing else tells whose they are. */
  public TlsFront.Clients tlsClients() {
    return switch (config.text(Key.INTAKE_TLS_CLIENTS)) {
      case "required" -> TlsFront.Clients.REQUIRED;
      case "optional" -> TlsFront.Clients.OPTIONAL;
      case String other ->
          throw new Usage("intake.tls.clients takes required or optional, not '" + other + "'");
    };
  }

  /** Which sender writes which format in which zone. */
  public SourceRules sources() {
    try {
      return SourceRules.of(config.list(Key.PARSE_SOURCES));
    } catch (IllegalArgumentException e) {
      throw new Usage(Key.PARSE_SOURCES.key() + ": " + e.getMessage());
    }
  }

  /** TCP connections that one agency may have open. */
  public int agencyConnections() {
    long most = config.number(Key.QUOTA_CONNECTIONS);
    return most == 0 ? Integer.MAX_VALUE : (int) Math.min(most, Integer.MAX_VALUE);
  }

  /** Who may send how fast. */
  public Quotas quotas() {
    var agencies = new LinkedHashMap<String, Quota>();
    long bytes = config.bytes(Key.QUOTA_BYTES);
    config
        .pairs(Key.QUOTA_AGENCIES, "agency=events,agency=events")
        .forEach(
            (agency, events) ->
                agencies.put(agency, new Quota(Config.number(Key.QUOTA_AGENCIES, events), bytes)));
    return new Quotas(
        new Quota(config.number(Key.QUOTA_EVENTS), bytes),
        agencies,
        new Quota(config.number(Key.QUOTA_SOURCE_EVENTS), 0));
  }
}
