package io.attestgate.proxy;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows: who may know whom, in every module that this one sees. */
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.attestgate");

    private static final String ENCLAVE = "io.attestgate.proxy.main.Enclave";

    /** The request way, in its order. */
    private static final List<String> STAGES =
            List.of("accept", "tls", "http", "route", "upstream", "respond", "sign", "pipeline");

    static Stream<String> stages() {
        return STAGES.stream();
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aStageOfTheRequestWayKnowsEarlierStagesOnly(String stage) {
        String[] later =
                STAGES.stream()
                        .skip(STAGES.indexOf(stage) + 1)
                        .map(ArchitectureTest::packageOf)
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(packageOf(stage))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(later)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static String packageOf(String stage) {
        return "io.attestgate.proxy." + stage + "..";
    }

    @Test
    void theRequestWayKnowsNothingOfWhatIsAroundIt() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        STAGES.stream().map(ArchitectureTest::packageOf).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.attestgate.proxy.bootstrap..",
                        "io.attestgate.proxy.cli..",
                        "io.attestgate.proxy.main..",
                        "io.attestgate.proxy.operations..",
                        "io.attestgate.proxy.wellknown..",
                        "io.attestgate.certificate..",
                        "io.attestgate.attest..",
                        "io.attestgate.verify..",
                        "io.attestgate.collateral..",
                        "io.attestgate.govern..",
                        "io.attestgate.policy.read..",
                        "io.attestgate.policy.follow..",
                        "io.attestgate.policy.rpc..",
                        "io.attestgate.client..")
                .check(CLASSES);
    }

    @Test
    void nobodyButTheCommandLineKnowsMain() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.attestgate.proxy.main..", "io.attestgate.proxy.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.attestgate.proxy.main..")
                .check(CLASSES);
    }

    @Test
    void packagesOfTheProxyHaveNoCycles() {
        slices().matching("io.attestgate.proxy.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packagesOfThePolicyWayHaveNoCycles() {
        slices().matching("io.attestgate.policy.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packagesOfTheCertificateWayHaveNoCycles() {
        slices().matching("io.attestgate.certificate.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void rootPackagesHaveNoCycles() {
        slices().matching("io.attestgate.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theValuesOfTheWireKnowNobody() {
        noClasses()
                .that()
                .resideInAPackage("io.attestgate.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("wire"))
                .check(CLASSES);
    }

    @Test
    void theEnclaveAndTheContractsKnowNothingOfEachOther() {
        noClasses()
                .that()
                .resideInAnyPackage("io.attestgate.verify..", "io.attestgate.attest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("wire", "verify", "attest"))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.attestgate.collateral..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("wire", "verify", "collateral"))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.attestgate.policy..",
                        "io.attestgate.govern..",
                        "io.attestgate.contracts..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("wire", "policy", "govern", "contracts"))
                .check(CLASSES);
    }

    @Test
    void whoVerifiesKnowsNothingOfWhoAttests() {
        noClasses()
                .that()
                .resideInAPackage("io.attestgate.verify..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.attestgate.attest..")
                .check(CLASSES);
    }

    /** Its promise: what somebody brings is all there is to judge by. */
    @Test
    void whoVerifiesHasNoNetwork() {
        noClasses()
                .that()
                .resideInAPackage("io.attestgate.verify..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "java.nio.channels..",
                        "javax.net..",
                        "io.netty..",
                        "io.attestgate.wire.http..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(.*Socket.*|URL|URLConnection|Inet.*)")
                .check(CLASSES);
    }

    @Test
    void packagesOfTheCollateralsWayHaveNoCycles() {
        slices().matching("io.attestgate.collateral.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void theClientKnowsWhatRunsOutsideOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.attestgate.client..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("wire", "verify", "policy", "contracts", "client"))
                .check(CLASSES);
    }

    @Test
    void theCertificateWayDoesNotKnowTheProxy() {
        noClasses()
                .that()
                .resideInAPackage("io.attestgate.certificate..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        others("wire", "verify", "attest", "policy", "contracts", "certificate"))
                .check(CLASSES);
    }

    /** The way of requests has no package of the enclave's at all, see above. */
    @Test
    void onlyMainIsHandedWhatIsSealed() {
        noClasses()
                .that()
                .resideInAPackage("io.attestgate.proxy..")
                .and()
                .resideOutsideOfPackage("io.attestgate.proxy.main..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.attestgate.attest.seal..")
                .check(CLASSES);
    }

    @Test
    void onlyTheEnclaveHoldsTheStoreAndThePlatformItIsSealedBy() {
        noClasses()
                .that()
                .resideInAPackage("io.attestgate.proxy..")
                .and()
                .doNotHaveFullyQualifiedName(ENCLAVE)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.attestgate.attest.seal.SealedStore")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.attestgate.attest.platform.Platform")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.attestgate.attest.seal.Purpose")
                .check(CLASSES);
    }

    @Test
    void onlyTheCertificateWayIsHandedTheKeysOfAccountsAndHosts() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.attestgate.proxy.main.CertificateWay")
                .should()
                .callMethodWhere(
                        target(owner(name(ENCLAVE)))
                                .and(target(nameMatching("accountKeys|tlsKeys"))))
                .check(CLASSES);
    }

    /** A login signs with the account's key. */
    @Test
    void nobodyInTheProxySpeaksToAnAuthorityAsAnAccount() {
        noClasses()
                .that()
                .resideInAPackage("io.attestgate.proxy..")
                .should()
                .callMethodWhere(
                        target(owner(name("io.attestgate.certificate.account.Accounts")))
                                .and(target(nameMatching("(?!<init>).*"))))
                .check(CLASSES);
    }

    /** Every root package but those. */
    private static String[] others(String... allowed) {
        return Stream.of(
                        "wire",
                        "verify",
                        "collateral",
                        "attest",
                        "contracts",
                        "policy",
                        "govern",
                        "certificate",
                        "client",
                        "proxy",
                        "peer",
                        "demo")
                .filter(root -> !List.of(allowed).contains(root))
                .map(root -> "io.attestgate." + root + "..")
                .toArray(String[]::new);
    }
}
