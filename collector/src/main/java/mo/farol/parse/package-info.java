/**
 * Turns frames into events: bytes in, columns of (field, value) out.
 *
 * <p>In: {@link mo.farol.event.FrameBatch}. Out: {@link mo.farol.event.EventBatch}, one event a
 * frame; one that no format can read is rejected with a reason and keeps its raw text as {@code
 * message}. Runs on the caller's thread; a {@link mo.farol.parse.Parser} belongs to one. Follows
 * RFC 5424 section 6, RFC 3164 as senders really write it, RFC 8259 (JSON), CEF 0 and 1, LEEF 1 and
 * 2, GELF 1.1, Zeek's tab-separated logs, PAN-OS's field order, Check Point's log exporter, alerts
 * of Snort, Squid's access log, audit records of Linux, key=value, and names and types fields by
 * ECS.
 *
 * <p>To read one more format, write a {@code Format} and name it in {@code Formats}; to understand
 * one more program's text, write a {@code Refiner} and name it in {@code Refiners}; the cases go to
 * a text file beside the tests.
 *
 * <p>Choices worth knowing:
 *
 * <ul>
 *   <li>A frame without a priority is an event where it begins with a time or {@code tag[pid]:}
 *       (user.notice by RFC 3164 section 4.3.3, {@code farol.note: no priority}) or is of a format
 *       that needs none. Other text is rejected, but for origins that ask for the format {@code
 *       text} or {@code syslog}.
 *   <li>A value that its field's type refuses ({@link mo.farol.event.FieldTypes}) is kept under the
 *       name with {@code .text}, beside a {@code farol.note}.
 *   <li>Zeek's {@code #fields} lines are remembered by sender for the life of the process, within
 *       bounds; after a restart a line whose header came before it is read only where its columns
 *       leave no doubt: those of {@code zeek.txt}.
 *   <li>What a refused RFC 5424 header gave before the fault stays in the rejected event.
 *   <li>A live frame that names no host gets its peer's address as {@code host.name}.
 *   <li>A live event more than a day late or five minutes ahead says so in {@code farol.late} and
 *       {@code farol.ahead}, in seconds; it keeps its time.
 *   <li>JSON without a message has its own text as one, so that free text finds it; a sender's
 *       {@code agency} and {@code farol.*} become {@code json.agency} and {@code json.farol.*}.
 *   <li>{@code event.outcome} of a log-in stands only on the line that reports the attempt, so that
 *       one attempt counts once for each dataset.
 * </ul>
 *
 * <p>{@code event.dataset} says what kind of line it was, so that rules can be routed:
 *
 * <table>
 * <caption>Datasets and the Sigma log sources they answer</caption>
 * <tr><th>event.dataset</th><th>read from</th><th>Sigma logsource</th></tr>
 * <tr><td>sshd</td><td>sshd, sshd-session</td><td>linux, service sshd or auth</td></tr>
 * <tr><td>pam</td><td>pam_* lines of any program (see its appname)</td><td>linux, auth</td></tr>
 * <tr><td>sudo, su</td><td>sudo, su</td><td>linux, sudo or auth</td></tr>
 * <tr><td>iam</td><td>useradd, usermod, userdel, groupadd, passwd</td><td>linux, auth</td></tr>
 * <tr><td>cron</td><td>CRON, crond, cron</td><td>linux, cron</td></tr>
 * <tr><td>systemd, kernel</td><td>systemd, systemd-logind, kernel</td><td>linux, syslog</td></tr>
 * <tr><td>ufw, iptables</td><td>netfilter lines of the kernel</td><td>category firewall</td></tr>
 * <tr><td>httpd</td><td>access logs of Apache and nginx</td><td>category webserver</td></tr>
 * <tr><td>kv, fortinet.fortigate, sonicwall.firewall</td><td>key=value</td><td>category
 * firewall</td></tr>
 * <tr><td>panw.panos</td><td>Palo Alto's commas</td><td>category firewall</td></tr>
 * <tr><td>dnsmasq, dhcp</td><td>dnsmasq, dhcpd</td><td>category dns; none</td></tr>
 * <tr><td>postfix</td><td>postfix/*</td><td>linux, syslog</td></tr>
 * <tr><td>named</td><td>BIND's queries, refusals, updates</td><td>category dns</td></tr>
 * <tr><td>cisco.asa, cisco.ios</td><td>%ASA-…, %SYS-…</td><td>cisco, category firewall</td></tr>
 * <tr><td>cisco.ise, checkpoint.firewall, sourcefire.connection</td><td>CISE_…, {@code [key:"value";
 * …]}, SFIMS</td><td>by product</td></tr>
 * <tr><td>snort.alert</td><td>alerts of Snort and Suricata as text</td><td>none of its own</td></tr>
 * <tr><td>squid.access</td><td>Squid's own access log</td><td>category proxy</td></tr>
 * <tr><td>fireeye.part</td><td>later parts of a FireEye alert</td><td>by product</td></tr>
 * <tr><td>windows.security, .sysmon, .powershell, .powershell-classic, .system, .application,
 * .defender, .taskscheduler; windows</td><td>JSON with Channel</td><td>windows, service and
 * category by Channel and EventID</td></tr>
 * <tr><td>zeek.dns, zeek.http, …</td><td>JSON of Zeek, its tab-separated files</td>
 * <td>zeek, service</td></tr>
 * <tr><td>auditd</td><td>audit records, JSON with that in log</td>
 * <td>linux, auditd</td></tr>
 * <tr><td>suricata.eve</td><td>JSON with event_type and flow_id</td><td>none of its own</td></tr>
 * <tr><td>aws.cloudtrail</td><td>JSON with eventSource</td><td>aws, cloudtrail</td></tr>
 * <tr><td>cef, leef, gelf</td><td>those formats</td><td>by device vendor and product</td></tr>
 * </table>
 */
@NullMarked
package mo.farol.parse;

import org.jspecify.annotations.NullMarked;
