/**
 * Signing in through the OpenID Connect provider of an organisation, beside the password and never in its place. Who may enter stands in
 * a table that administrators write; the provider only says who somebody is. Start at {@link io.haulwatch.console.provider.ProviderRoutes}.
 */
@NullMarked
package io.haulwatch.console.provider;

import org.jspecify.annotations.NullMarked;
