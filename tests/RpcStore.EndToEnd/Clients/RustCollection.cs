namespace RpcStore.EndToEnd.Clients;

/// <summary>Tests that share one build of the Rust crate.</summary>
[CollectionDefinition]
public sealed class RustCollection : ICollectionFixture<RustCrate>;
