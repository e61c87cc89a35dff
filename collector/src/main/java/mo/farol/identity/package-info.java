/**
 * Who sends: the centre's own certificate authority, the certificates it issues, and what the TLS
 * listeners go by.
 *
 * <p>In: keys of the home, an agency's certificate request, the register of what was issued. Out:
 * certificates, a revocation list, {@link mo.farol.wire.IntakeTls} for the event loops. Issuing
 * runs on the caller's thread; one thread named {@code identity} keeps what the event loops see up
 * to date. Follows RFC 5280 (certificates, revocation lists) and RFC 2986 (requests).
 */
@NullMarked
package mo.farol.identity;

import org.jspecify.annotations.NullMarked;
