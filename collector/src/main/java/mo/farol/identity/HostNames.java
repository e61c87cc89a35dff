package mo.farol.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.util.IPAddress;

/** Names under which our listeners are reached, as a certificate holds them. */
public final class HostNames {
  /** A name that every intake has, for clients that can't check an address. */
  public static final String ALWAYS = "farol-intake";

  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?)*");
  private static final Set<String> ANY = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

  private HostNames() {}

  /**
   * All names of this machine's listeners.
   *
   * @param bind address of the listeners; one that stands for all addresses gives no name
   * @param more further names and addresses
   * @throws IdentityFault for what is neither a name nor an address
   */
  public static Set<String> of(String bind, Collection<String> more) {
    var names = new LinkedHashSet<>(List.of(ALWAYS, "localhost", "127.0.0.1"));
    if (!ANY.contains(bind)) {
      names.add(checked(bind));
    }
    more.forEach(name -> names.add(checked(name)));
    return names;
  }

  /** Whether a text is an address rather than a name. */
  public static boolean isAddress(String text) {
    return IPAddress.isValid(text);
  }

  static GeneralNames general(Set<String> names) {
    return new GeneralNames(
        names.stream()
            .map(
                n -> new GeneralName(isAddress(n) ? GeneralName.iPAddress : GeneralName.dNSName, n))
            .toArray(GeneralName[]::new));
  }

  /** Whether a certificate has just these names. */
  static boolean match(X509Certificate certificate, Set<String> names) {
    try {
      var held = certificate.getSubjectAlternativeNames();
      var texts = new TreeSet<String>();
      if (held != null) {
        held.forEach(pair -> texts.add(plain(String.valueOf(pair.get(1)))));
      }
      var wanted = new TreeSet<String>();
      names.forEach(name -> wanted.add(plain(name)));
      return texts.equals(wanted);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  // An IPv6 address has many spellings; that of the JDK for those it reads.
  private static String plain(String name) {
    return name.contains(":") ? java.net.InetAddress.ofLiteral(name).getHostAddress() : name;
  }

  /** A name or address in lower case; throws {@link IdentityFault} for what is neither. */
  public static String checked(String name) {
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    if (isAddress(lower) || NAME.matcher(lower).matches()) {
      return lower;
    }
    throw new IdentityFault("'%s' is neither a host's name nor an address".formatted(name));
  }
}
