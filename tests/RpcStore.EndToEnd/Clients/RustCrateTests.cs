namespace RpcStore.EndToEnd.Clients;

/// <summary>The Rust crate by itself: its own tests, and what its users' tools say of it.</summary>
[Collection<RustCollection>]
public sealed class RustCrateTests(RustCrate crate)
{
    /// <summary>Its unit tests, its tests against hostile servers, the examples of its documentation.</summary>
    [Fact]
    public Task Its_own_tests_pass() => crate.CargoAsync(null, "test");

    [Fact]
    public Task Clippy_has_nothing_to_say() => crate.CargoAsync("cargo-clippy", "clippy", "--all-targets", "--", "-D", "warnings");

    // With an example along the dependencies have the features that clippy looked at them with, and are not looked at again.
    [Fact]
    public Task Its_documentation_is_whole() => crate.CargoAsync("rustdoc", "doc", "--no-deps", "--lib", "--example", "put");

    [Fact]
    public Task It_is_formatted_as_rustfmt_does() => crate.CargoAsync("cargo-fmt", "fmt", "--check");
}
