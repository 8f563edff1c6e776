using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("RpcStore.Tests")]
