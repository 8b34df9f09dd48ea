package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gatehouse.failure.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the editor says and what the gateway says must be the same. */
final class ClusterSchemaTest {
  private static final Path CONFIG = Path.of("../config");
  private static final Schema SCHEMA = schema();

  private static Schema schema() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Files.readString(CONFIG.resolve("cluster.schema.json")), InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Error> objections(String yaml) {
    return SCHEMA.validate(yaml, InputFormat.YAML);
  }

  private static boolean isTaken(String yaml) {
    try {
      ClusterDefinitionFile.parse("cluster.yaml", yaml);
      return true;
    } catch (UserError e) {
      return false;
    }
  }

  @Test
  void schema_theDefaultDefinition_isValid() throws IOException {
    assertThat(objections(Files.readString(CONFIG.resolve("cluster.yaml")))).isEmpty();
  }

  /** Every key, and every kind of value, that the loader knows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "gateway: {name: a, host: 0.0.0.0, port: 0, banner: b, motd: c, algorithms: compatible}",
        "gateway: {algorithms: fips, proxyProtocolFrom: [10.0.0.0/8, '2001:db8::/32']}",
        "gateway: {health: {host: '::', port: 8081}, drain: {accept: 0s, limit: 24h}}",
        "gateway: {health: , drain: }",
        "kubernetes: {namespace: w, gatewayNamespace: g}",
        "gateway:",
        "login:",
        "login: {methods: ['publickey,keyboard-interactive'], recheckInterval: 5s, revokedKeys:"
            + " /k}",
        "login: {certificateAuthorities: []}",
        "login: {methods: ['publickey,totp', 'keyboard-interactive,totp']}",
        "login: {methods: ['publickey,keyboard-interactive,totp',"
            + " 'keyboard-interactive,publickey,totp']}",
        "login: {securityKeysAreSecondFactor: true, enrolAtFirstLogin: false}",
        "login: {rules: [{groups: [ops], from: [192.0.2.1], methods: []}, {methods: [publickey]}]}",
        "limits: {loginGraceTime: 30s, maxAuthTries: 3, maxStartups: '10:30:100'}",
        "limits: {maxStartups: 10:30:50, perSourceMaxStartups: 5, perSourceNetBlockSize: '24:48'}",
        "limits: {perSourcePenalties: {enabled: false, authFail: 5s, noAuth: 1s, graceExceeded: 9s,"
            + " invalid: 9s, refuseConnection: 9s, min: 1s, max: 1h, maxSources: 10}}",
        "limits: {perSourcePenalties: {authFail: 0s, noAuth: 0s, graceExceeded: 0s, invalid: 0s,"
            + " refuseConnection: 0s}}",
        "limits: {perSourcePenaltyExemptList: [], maxSessions: 0, maxChannels: 9}",
        "limits: {connectionsPerPerson: 1, clientAliveInterval: 0s, clientAliveCountMax: 2}",
        "limits: {channelTimeout: {'*': 1h, 'session:shell': 8h}, unusedConnectionTimeout: 1h}",
        "limits: {channelTimeout: {'session:*': 0s, 'session:subsystem:sftp': 1h, global: 2h}}",
        "limits: {rekeyLimit: {bytes: 512M, time: 30m}, maxPendingBytes: 8M}",
        "limits: {requests: {maxEnvironment: 0, maxEnvironmentBytes: 1K, maxCommandBytes: 65536,"
            + " maxRequests: 100}}",
        "directory: {administrators: ops}",
        "directory: {ldap: {servers: ['ldap://a:389'], startTls: true, ca: /c, timeout: 9s, base:"
            + " b, bindDn: c, bindPasswordFile: d, readOnly: true, schema: rfc2307, people: {base:"
            + " p, filter: (a=b)}, groups: {base: g, filter: (a=b), nested: true}, attributes:"
            + " {uid: cn}, ids: {users: 1000-1999, groups: 2000-2999}, cache: {maxAge: 5s,"
            + " offlineFor: 0s}}}",
        "directory: {ldap: {servers: ['ldap://a'], allowPlaintext: true, base: b, bindDn: c,"
            + " bindPasswordFile: d, schema: activeDirectory}}",
        "directory: {ldap: {servers: ['ldaps://a'], base: b, clientCertificate: {certificate: c,"
            + " key: d}}}",
        "workspaces: {defaultType: standard, startTimeout: 1h, perPerson: 100}",
        "machineTypes:",
        "machineTypes: {standard: }",
        "machineTypes: {standard: {description: d, groups: [a], environment: {A: b, C: 1, D:"
            + " 1.5}}}",
        "machineTypes: {standard: {environment: {E: true, _f: ''}}}",
        "machineTypes: {standard: {pool: a, like: gpu}, gpu: {cpu: 2}}\npools: {a: {}}",
        "machineTypes: {standard: {services: {a: {command: b c, port: 1024}}}}",
        "machineTypes: {standard: {services: {a-1: {description: d, command: b, socket: ~/a b,"
            + " ready: {http: /api, timeout: 1h}, folder: '~', environment: {A: 1}, tokenVariable:"
            + " T, path: '/?t={token}'}, b: {command: b, socket: /a, ready: , folder: /b}}}}",
        "machineTypes: {standard: {services: }}",
        "definition: {readOnly: It is changed in git.}",
        "definition:",
        "gateway: {replicas: 3, cpu: 1, memory: 1Gi, service: {type: NodePort, port: 2222,"
            + " nodePort: 30022}}",
        "gateway: {proxyProtocolFrom: [10.0.0.0/16], service: {loadBalancer: aws, scheme: internal,"
            + " sourceRanges: [10.0.0.0/8], annotations: {a.example.com/b: c, d: true}}}",
        "images: {repository: 'registry.example.com:5000/team', tag: 1.2.0, pullSecrets: [a]}",
        "images: {repository: '', tag: 1.2, gateway: 'a:1', toolbox: 'r:5000/b/c@sha256:ab',"
            + " directory: 'd/e:1', ldapUi: 'f:latest'}",
        "directory: {deployed: }",
        "directory: {deployed: {base: 'dc=example,dc=com', servers: 2, storage: 1Gi, storageClass:"
            + " gp3, backup: {schedule: '*/5 1,2 1-3 * *', keep: 1, storage: 1Gi}, webUi: false}}",
        "directory: {deployed: {}, ldap: }",
        "pools:",
        "pools: {a: , b: {min: 0, max: 4, cpu: 4, memory: 8Gi, gpus: 1, gpuResource: amd.com/gpu,"
            + " instanceTypes: [g5.xlarge], spot: true, zones: [eu-central-1a, 1], labels: {c: d},"
            + " taints: [{key: a}, {key: b, value: c, effect: NoExecute}]}}",
        "kubernetes: {quota: {pods: 1, cpu: 2, memory: 1Gi, gpus: 0, gpuResource: a.b/c, claims: 9,"
            + " storage: 1Ti}}",
        "kubernetes: {network: {ipv6: true, private: [192.0.2.0/24], allow: [{name: db, cidr:"
            + " 10.0.0.1, ports: [5432], machineTypes: [standard]}], monitoringNamespace: m}}",
        "kubernetes: {storageClasses: {a.b: {provisioner: ebs.csi.aws.com, parameters: {type: gp3,"
            + " encrypted: true}, reclaimPolicy: Retain, volumeBindingMode: Immediate,"
            + " allowVolumeExpansion: true, mountOptions: [tls], snapshotDriver: d}}}",
        "cloud:",
        "cloud: {aws: }",
        "cloud: {aws: {region: eu-central-1, cluster: lab}}",
        "cloud: {aws: {region: us-gov-west-1, account: '012345678901', cluster: Lab-1, nodes:"
            + " karpenter, network: , kubernetes: , fileSystem: , roles: }}",
        "cloud: {aws: {region: eu-central-1, account: '123456789012', cluster: lab, network: {cidr:"
            + " 10.1.0.0/20, zones: [a, b], natGateways: perZone}, kubernetes: {version: '1.35',"
            + " autoMode: false, extendedSupport: true, publicAccessFrom: [], administrators:"
            + " ['arn:aws:iam::123456789012:role/a/b'], system: {instanceTypes: [m7g.large], min:"
            + " 1, max: 1, disk: 30Gi, image: AL2023_ARM_64_STANDARD}}, fileSystem: {backups:"
            + " false}, buckets: [audit, data], roles: {permissionsBoundary:"
            + " 'arn:aws:iam::123456789012:policy/b', workspaces: {standard: {read: [abc], write:"
            + " [d-e], policies: ['arn:aws:iam::aws:policy/x']}}}}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, network: {vpc: vpc-01234567,"
            + " privateSubnets: [subnet-01234567, subnet-01234568], publicSubnets: []}, kubernetes:"
            + " {autoMode: true}, fileSystem: {id: fs-01234567}}}",
        "costs:",
        "costs: {currency: EUR, prices: , expensive: 0, budgets: }",
        "costs: {prices: {g5.xlarge: {onDemand: 1.26, spot: 0.45}, rack: {spot: 0}}, budgets:"
            + " {people: {ada: {monthly: 5}}, groups: {ml: {monthly: 9.5, whenSpent: warn}},"
            + " eachPerson: {monthly: 1, whenSpent: refuseStarts}, everybody: {monthly: 2,"
            + " whenSpent: stopIdle}}}\npools: {rack: {}}",
        "apps:",
        "apps: {ldap-ui: {ports: [80]}}",
        "apps: {a: {description: d, host: '::1', ports: [1, 65535], groups: [a, b]}}"
      })
  void schema_whatTheLoaderTakes_isValid(String yaml) {
    assertThat(isTaken(yaml)).isTrue();
    assertThat(objections(yaml)).isEmpty();
  }

  static Stream<String> refused() {
    return Stream.of(
        "colour: red",
        "[]",
        "machineTypes: {standard: {services: {a: {port: 8888}}}}",
        "machineTypes: {standard: {services: {a: {command: b}}}}",
        "machineTypes: {standard: {services: {a: {command: b, port: 8888, socket: /a}}}}",
        "machineTypes: {standard: {services: {a: {command: b, port: 1023}}}}",
        "machineTypes: {standard: {services: {a: {command: b, port: 2222}}}}",
        "machineTypes: {standard: {services: {A: {command: b, port: 8888}}}}",
        "machineTypes: {standard: {services: {a: {command: \"b\\nc\", port: 8888}}}}",
        "machineTypes: {standard: {services: {a: {command: b, socket: a.sock}}}}",
        "machineTypes: {standard: {services: {a: {command: b, port: 8888, ready: {http: api}}}}}",
        "machineTypes: {standard: {services: {a: {command: b, port: 8888, folder: ~a}}}}",
        "machineTypes: {standard: {services: {a: {command: b, port: 8888, tokenVariable: 1}}}}",
        "gateway: []",
        "gateway: {colour: red}",
        "gateway: {name: 42}",
        "gateway: {name: ''}",
        "gateway: {name: %s}".formatted("a".repeat(65)),
        "gateway: {name: \"a\\tb\"}",
        "gateway: {host: a b}",
        "gateway: {port: 65536}",
        "gateway: {port: '22'}",
        "gateway: {port: }",
        "gateway: {banner: [a]}",
        "gateway: {motd: %s}".formatted("a".repeat(8193)),
        "gateway: {algorithms: strong}",
        "gateway: {proxyProtocolFrom: 10.0.0.0/8}",
        "gateway: {health: {port: 65536}}",
        "gateway: {health: {colour: red}}",
        "gateway: {drain: {limit: 5}}",
        "gateway: {drain: 30s}",
        "kubernetes: {gatewayNamespace: A}",
        "login: {methods: []}",
        "login: {methods: [password]}",
        "login: {methods: ['publickey,publickey']}",
        "login: {rules: [{groups: [ops]}]}",
        "login: {rules: [{groups: [], methods: [publickey]}]}",
        "login: {rules: {methods: [publickey]}}",
        "login: {certificateAuthorities: [ssh-ed25519]}",
        "login: {certificateAuthorities: ['ssh-ed25519 AA?']}",
        "login: {revokedKeys: ''}",
        "login: {recheckInterval: 0s}",
        "login: {rules: [{methods: [publickey], form: [192.0.2.1]}]}",
        "login: {rules: [{methods: [publickey], from: [example.com]}]}",
        "login: {rules: [publickey]}",
        "login: {colour: red}",
        "gateway: {proxyProtocolFrom: [lb.example.com]}",
        "costs: {currency: usd}",
        "costs: {prices: {g5.xlarge: {}}}",
        "costs: {prices: {g5.xlarge: 1.26}}",
        "costs: {prices: {'g5 xlarge': {spot: 1}}}",
        "costs: {expensive: '5'}",
        "costs: {expensive: -5}",
        "costs: {budgets: {people: {ada: {}}}}",
        "costs: {budgets: {people: {Ada: {monthly: 5}}}}",
        "costs: {budgets: {groups: {ml: {monthly: 5, whenSpent: stop}}}}",
        "costs: {budgets: {everyone: {monthly: 5}}}",
        "limits: {maxAuthTries: 0}",
        "limits: {maxStartups: 100}",
        "limits: {perSourceNetBlockSize: '24'}",
        "limits: {perSourcePenalties: {authfail: 5s}}",
        "limits: {perSourcePenalties: {enabled: maybe}}",
        "limits: {perSourcePenalties: {enabled: 'true'}}",
        "limits: {perSourcePenalties: {min: 0s}}",
        "limits: {perSourcePenaltyExemptList: 127.0.0.1}",
        "limits: {unusedConnectionTimeout: 0s}",
        "limits: {rekeyLimit: 1G}",
        "limits: {rekeyLimit: {bytes: 1.5G}}",
        "limits: {colour: red}",
        "limits: {channelTimeout: {shell: 8h}}",
        "limits: {clientAliveInterval: 0}",
        "limits: {maxPendingBytes: 16MB}",
        "limits: {requests: {maxCommandBytes: 1T}}",
        "directory: {administrators: Ops}",
        "directory: {colour: red}",
        "directory: {ldap: {servers: [ldaps://a], base: b, bindDn: c, bindPasswordFile: d, schema:"
            + " ad}}",
        "directory: {ldap: {servers: [ldaps://a], base: b, bindDn: c, bindPasswordFile: d, ids:"
            + " {users: 1000}}}",
        "directory: {ldap: {servers: [ldaps://a], base: b, bindDn: c, bindPasswordFile: d,"
            + " attributes: {uid: 'a b'}}}",
        "directory: {ldap: {servers: [ldaps://a], base: b, bindDn: c, bindPasswordFile: d, people:"
            + " {filter: uid=*}}}",
        "directory: {ldap: {servers: [http://a], base: b, bindDn: c, bindPasswordFile: d}}",
        "workspaces: {defaultType: Big}",
        "workspaces: {startTimeout: 90}",
        "workspaces: {startTimeout: 0s}",
        "workspaces: {perPerson: 101}",
        "workspaces: {perPerson: 0}",
        "workspaces: {colour: red}",
        "machineTypes: {standard: {}, Big: {}}",
        "machineTypes: {standard: {}, gate: {}}",
        "machineTypes: {standard: {}, main: {}}",
        "machineTypes: {standard: {colour: red}}",
        "machineTypes: {standard: {description: \"a\\nb\"}}",
        "machineTypes: {standard: {groups: []}}",
        "machineTypes: {standard: {groups: ml}}",
        "machineTypes: {standard: {groups: [ML]}}",
        "machineTypes: {standard: {environment: {1A: b}}}",
        "machineTypes: {standard: {environment: {A-B: b}}}",
        "machineTypes: {standard: {environment: {A: }}}",
        "machineTypes: {standard: {environment: {A: [b]}}}",
        "definition: {readOnly: ''}",
        "definition: {colour: red}",
        "gateway: {replicas: 0}",
        "gateway: {cpu: 0}",
        "gateway: {memory: 1G}",
        "gateway: {service: {type: loadBalancer}}",
        "gateway: {service: {nodePort: 22}}",
        "gateway: {service: {loadBalancer: azure}}",
        "gateway: {service: {scheme: public}}",
        "gateway: {service: {sourceRanges: [example.com]}}",
        "gateway: {service: {annotations: {'a b': c}}}",
        "gateway: {service: {annotations: {a: [b]}}}",
        "images: {repository: registry.example.com/}",
        "images: {tag: a/b}",
        "images: {gateway: gatehouse-gateway}",
        "images: {toolbox: 'registry.example.com:5000/gatehouse-toolbox'}",
        "images: {pullSecrets: [A]}",
        "images: {gatway: 'a:1'}",
        "directory: {deployed: {base: 'o=example'}}",
        "directory: {deployed: {servers: 3}}",
        "directory: {deployed: {backup: {schedule: daily}}}",
        "directory: {deployed: {backup: {keep: 0}}}",
        "directory: {deployed: {colour: red}}",
        "directory: {deployed: {}, ldap: {servers: [ldaps://a], base: b, bindDn: c,"
            + " bindPasswordFile: d}}",
        "machineTypes: {standard: {like: Big}}",
        "machineTypes: {standard: {pool: [a]}}",
        "machineTypes: {standard: {nodeSelector: {gatehouse.dev/pool: a}}}",
        "pools: {A: {}}",
        "pools: {a: {min: -1}}",
        "pools: {a: {cpu: many}}",
        "pools: {a: {zones: a}}",
        "pools: {a: {instanceTypes: ['a b']}}",
        "pools: {a: {labels: {gatehouse.dev/pool: a}}}",
        "pools: {a: {taints: [{value: b}]}}",
        "pools: {a: {taints: [{key: b, effect: noSchedule}]}}",
        "kubernetes: {quota: {pods: none}}",
        "kubernetes: {quota: {storage: 1T}}",
        "kubernetes: {network: {private: [example.com]}}",
        "kubernetes: {network: {allow: [{name: a, cidr: 10.0.0.1}]}}",
        "kubernetes: {network: {allow: [{name: a, cidr: 10.0.0.1, ports: []}]}}",
        "kubernetes: {storageClasses: {a: {}}}",
        "kubernetes: {storageClasses: {A: {provisioner: p}}}",
        "kubernetes: {storageClasses: {a: {provisioner: p, reclaimPolicy: Recycle}}}",
        "kubernetes: {storageClasses: {a: {provisioner: p, parameters: {a: [b]}}}}",
        "cloud: {aws: {region: eu-central-1}}",
        "cloud: {aws: {cluster: lab}}",
        "cloud: {azure: {}}",
        "cloud: {aws: {region: Frankfurt, cluster: lab}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, account: '12345'}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, account: 123456789012}}",
        "cloud: {aws: {region: eu-central-1, cluster: a b}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, nodes: kops}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, network: {}}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, kubernetes: {}}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, kubernetes: , network: {cidr:"
            + " 10.0.0.0/8}}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, kubernetes: , network: {natGateways:"
            + " 2}}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, kubernetes: , network: {vpc:"
            + " vpc-01234567}}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, kubernetes: , network: {vpc:"
            + " vpc-01234567, privateSubnets: [subnet-01234567]}}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, kubernetes: , network: {vpc:"
            + " vpc-01234567, privateSubnets: [subnet-01234567, subnet-01234568], cidr:"
            + " 10.0.0.0/16}}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, network: , kubernetes: {version:"
            + " 1.35}}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, network: , kubernetes: {administrators:"
            + " [ada]}}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, network: , kubernetes: {system:"
            + " {instanceTypes: []}}}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, fileSystem: {id: fs}}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, fileSystem: {id: fs-01234567, backups:"
            + " true}}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, buckets: [logs]}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, buckets: [data, data]}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, roles: {permissionsBoundary: b}}}",
        "cloud: {aws: {region: eu-central-1, cluster: lab, roles: {workspaces: {standard: {read:"
            + " [A]}}}}}",
        "apps: [a]",
        "apps: {a: }",
        "apps: {a: {}}",
        "apps: {A: {ports: [80]}}",
        "apps: {localhost: {ports: [80]}}",
        "apps: {a.b: {ports: [80]}}",
        "apps: {a: {ports: 80}}",
        "apps: {a: {ports: []}}",
        "apps: {a: {ports: [0]}}",
        "apps: {a: {ports: ['80']}}",
        "apps: {a: {ports: [65536]}}",
        "apps: {a: {ports: [80], host: 'a b'}}",
        "apps: {a: {ports: [80], groups: []}}",
        "apps: {a: {ports: [80], groups: [A]}}",
        "apps: {a: {ports: [80], colour: red}}");
  }

  @ParameterizedTest
  @MethodSource("refused")
  void schema_whatTheLoaderRefuses_isRefused(String yaml) {
    assertThat(isTaken(yaml)).isFalse();
    assertThat(objections(yaml)).isNotEmpty();
  }
}
