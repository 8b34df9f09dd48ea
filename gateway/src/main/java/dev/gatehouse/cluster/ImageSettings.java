package dev.gatehouse.cluster;

import java.util.List;

/**
 * The container images of the platform, each with a tag or a digest. Gateway, operator and toolbox
 * are of one version unless a site names one of them by itself.
 *
 * @param gateway the operator's too
 * @param toolbox brings sshd into the image of any workspace
 * @param pullSecrets names of Secrets with a registry's credentials
 */
public record ImageSettings(
    String gateway, String toolbox, String directory, String ldapUi, List<String> pullSecrets) {}
