using System.Text.Json.Serialization;

namespace RpcStore.Server.Web.Rfs;

/// <summary>The JSON of the flist server's routes, member by member as its clients write and read it (spec/flist-server.md).</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(SigninRequest))]
[JsonSerializable(typeof(SigninAnswer))]
[JsonSerializable(typeof(BlockUploadedAnswer))]
[JsonSerializable(typeof(VerifyRequest))]
[JsonSerializable(typeof(VerifyAnswer))]
[JsonSerializable(typeof(BlockListAnswer))]
[JsonSerializable(typeof(DownloadsAnswer))]
[JsonSerializable(typeof(FileUploadedAnswer))]
[JsonSerializable(typeof(FileDeletedAnswer))]
internal sealed partial class RfsJson : JsonSerializerContext;

/// <summary>That the server is there.</summary>
internal sealed record HealthAnswer(string Msg);

/// <summary>Who signs in.</summary>
internal sealed record SigninRequest(string Username, string Password);

/// <summary>The token of a session.</summary>
internal sealed record SigninAnswer(string AccessToken);

/// <summary>What became of a block.</summary>
internal sealed record BlockUploadedAnswer(string Hash, string Message);

/// <summary>Blocks that somebody wants to upload.</summary>
internal sealed record VerifyRequest(VerifyBlock[] Blocks);

/// <summary>One of them; <see cref="FileHash"/> may be empty, and then the index says nothing.</summary>
internal sealed record VerifyBlock(string BlockHash, string FileHash, long BlockIndex);

/// <summary>Those that have to be uploaded.</summary>
internal sealed record VerifyAnswer(IReadOnlyList<string> Missing);

/// <summary>A page of all blocks.</summary>
internal sealed record BlockListAnswer(IReadOnlyList<string> Blocks, long Total, long Page, long PerPage);

/// <summary>How often a block was downloaded.</summary>
internal sealed record DownloadsAnswer(string BlockHash, long DownloadsCount, long BlockSize);

/// <summary>What became of a file.</summary>
internal sealed record FileUploadedAnswer(string FileHash, string Message);

/// <summary>What went with a file.</summary>
internal sealed record FileDeletedAnswer(string FileHash, long Blocks, long Bytes);
